package io.kalam.snapshot.r2dbc;

import java.util.concurrent.TimeoutException;

import io.kalam.catalog.TableName;
import io.kalam.codec.CodecException;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.TableChangedException;
import io.kalam.snapshot.UnreadableValueException;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.R2dbcException;
import reactor.pool.PoolAcquireTimeoutException;

/**
 * Says what went wrong in words of ours. What the database says is left out, for it
 * repeats statements and values.
 */
final class SnapshotFailure {

	private final TableName table;

	private final SnapshotSettings settings;

	SnapshotFailure(TableName table, SnapshotSettings settings) {
		this.table = table;
		this.settings = settings;
	}

	SnapshotException translate(Throwable error) {
		if (error instanceof SnapshotException known) {
			return known;
		}
		if (error instanceof PoolAcquireTimeoutException) {
			return new SnapshotException(("No connection for a snapshot of %s within %s, because %d others are being "
					+ "read: allow more at a time or a longer wait")
				.formatted(this.table, this.settings.acquireTimeout(), this.settings.maxConcurrent()));
		}
		if (error instanceof PostgresqlException database && !isConnection(database)) {
			return translate(database.getErrorDetails().getCode());
		}
		if (error instanceof TimeoutException) {
			return tooSlow();
		}
		if (error instanceof CodecException) {
			return new UnreadableValueException(this.table, String.valueOf(error.getMessage()));
		}
		if (error instanceof R2dbcException) {
			return new SnapshotException("The database could not be reached for a snapshot of " + this.table, error);
		}
		return new SnapshotException("A snapshot of " + this.table + " failed", error);
	}

	private static boolean isConnection(PostgresqlException database) {
		return database.getErrorDetails().getCode().startsWith("08");
	}

	private SnapshotException translate(String state) {
		return switch (state) {
			case "42P01", "42703", "3F000" -> new TableChangedException(this.table);
			case "55P03" -> new SnapshotException(
					this.table + " is locked: an ALTER TABLE or the like runs on it or waits for it; try again");
			case "57014" -> tooSlow();
			case "42501" -> new SnapshotException(("%1$s may not be read: GRANT SELECT ON %1$s to the role of the "
					+ "connection, and give it BYPASSRLS if the table has row security")
				.formatted(this.table));
			default -> new SnapshotException("A snapshot of %s failed with SQLSTATE %s".formatted(this.table, state));
		};
	}

	private SnapshotException tooSlow() {
		return new SnapshotException("A snapshot of %s took longer than %s: index the owner column, or allow more time"
			.formatted(this.table, this.settings.queryTimeout()));
	}

}
