package io.kalam.capture.debezium;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;

import io.kalam.capture.CaptureException;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of what has ended the capture whether it passes by itself, and what to do about
 * it.
 */
final class CaptureFailures {

	private static final Logger logger = LoggerFactory.getLogger(CaptureFailures.class);

	private static final Set<String> PERMANENT = Set.of(SqlState.UNKNOWN_DATABASE, SqlState.INSUFFICIENT_PRIVILEGE,
			SqlState.UNDEFINED_OBJECT, SqlState.NOT_IN_PREREQUISITE_STATE, SqlState.UNDEFINED_FILE);

	private final DebeziumSettings settings;

	CaptureFailures(DebeziumSettings settings) {
		this.settings = settings;
	}

	CaptureException describe(Throwable failure) {
		if (failure instanceof CaptureException described) {
			return described;
		}
		SQLException sql = find(failure, SQLException.class);
		if (sql != null && sql.getSQLState() != null) {
			return describe(sql, sql.getSQLState());
		}
		if (find(failure, IOException.class) != null) {
			return passing("the connection was lost", failure);
		}
		logger.warn("Capture has met what it does not know", failure);
		return passing("of an unexpected " + root(failure).getClass().getName(), failure);
	}

	private CaptureException describe(SQLException ex, String state) {
		String slot = this.settings.slot();
		return switch (state) {
			case SqlState.UNKNOWN_DATABASE -> permanent("the database does not exist; create it or name another", ex);
			case SqlState.INSUFFICIENT_PRIVILEGE -> permanent("the login lacks a privilege: ALTER ROLE "
					+ TableName.quote(this.settings.postgres().user()) + " REPLICATION;", ex);
			case SqlState.UNDEFINED_OBJECT ->
				permanent("slot " + slot + " or publication " + this.settings.publication() + " does not exist", ex);
			case SqlState.NOT_IN_PREREQUISITE_STATE, SqlState.UNDEFINED_FILE ->
				permanent("slot " + slot + " can't be read any more: Postgres has removed WAL that it needs", ex);
			case SqlState.OBJECT_IN_USE -> passing("slot " + slot + " is in use by another process", ex);
			case SqlState.TOO_MANY_CONNECTIONS -> passing("the database has no free connection", ex);
			default -> other(ex, state);
		};
	}

	private CaptureException other(SQLException ex, String state) {
		if (state.startsWith("28")) {
			return permanent("the database refuses the login; check user and password", ex);
		}
		if (state.startsWith("08") || state.startsWith("57P0")) {
			return passing("the database can't be reached or has ended the connection", ex);
		}
		return PERMANENT.contains(state) ? permanent("of SQLSTATE " + state, ex) : passing("of SQLSTATE " + state, ex);
	}

	private CaptureException permanent(String why, Throwable cause) {
		return new CaptureException(message(why), true, cause);
	}

	private CaptureException passing(String why, Throwable cause) {
		return new CaptureException(message(why), false, cause);
	}

	private String message(String why) {
		return "Capture from " + this.settings.postgres() + " has ended because " + why;
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

	private static Throwable root(Throwable failure) {
		Throwable root = failure;
		for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
			root = cause;
		}
		return root;
	}

}
