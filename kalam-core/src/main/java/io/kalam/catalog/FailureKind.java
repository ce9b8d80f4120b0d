package io.kalam.catalog;

import java.sql.SQLException;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Whether trying again may help, as the SQLSTATE tells it.
 */
public enum FailureKind {

	/** The connection, the server or a lock: it may work the next time. */
	PASSING,

	/** A password, a privilege, a name: it won't work until somebody does something. */
	PERMANENT;

	/**
	 * Connection exceptions, transaction rollbacks, insufficient resources, operator
	 * intervention.
	 */
	private static final Set<String> PASSING_CLASSES = Set.of("08", "40", "53", "57");

	/**
	 * Read-only transaction (a replica that is about to be promoted), object in use, lock
	 * not available, input or output error.
	 */
	private static final Set<String> PASSING_STATES = Set.of("25006", "55006", "55P03", "58030");

	/**
	 * The kind of an error.
	 * @param ex what the driver threw; an error without SQLSTATE is passing
	 * @return the kind
	 */
	public static FailureKind of(SQLException ex) {
		return of(ex.getSQLState());
	}

	/**
	 * The kind of an error.
	 * @param state the SQLSTATE, {@code null} if there is none
	 * @return the kind
	 */
	public static FailureKind of(@Nullable String state) {
		if (state == null || state.length() < 2) {
			return PASSING;
		}
		boolean passing = PASSING_CLASSES.contains(state.substring(0, 2)) || PASSING_STATES.contains(state);
		return passing ? PASSING : PERMANENT;
	}

}
