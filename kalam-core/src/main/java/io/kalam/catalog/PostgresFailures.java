package io.kalam.catalog;

import java.sql.SQLException;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Translates what the driver throws into what a person can act upon. Of the server's text
 * only the first line is shown, and nothing of ours but who connected where.
 */
public final class PostgresFailures {

	private PostgresFailures() {
	}

	/**
	 * Translates a failure to connect.
	 * @param ex what the driver threw
	 * @param settings how we tried to connect
	 * @return a {@link DatabaseUnavailableException} or a {@link StartupCheckException}
	 */
	public static RuntimeException connecting(SQLException ex, PostgresSettings settings) {
		Finding ofCertificates = CertificateFailures.finding(ex, settings);
		Finding finding = (ofCertificates != null) ? ofCertificates : finding(ex, settings);
		if (finding != null) {
			return new StartupCheckException(List.of(finding), ex);
		}
		return new DatabaseUnavailableException("Postgres can't be reached as " + settings + ": " + text(ex), ex);
	}

	private static @Nullable Finding finding(SQLException ex, PostgresSettings settings) {
		String role = Identifiers.sql(settings.user());
		String database = Identifiers.sql(settings.database());
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		return switch (state) {
			case "28P01" -> new Finding("Postgres refuses the password of role " + role + " (" + settings + ").",
					"ALTER ROLE " + role + " LOGIN PASSWORD '…'; or, if there is no such role, CREATE ROLE " + role
							+ " LOGIN REPLICATION PASSWORD '…'; or give the application the right password.");
			case "3D000" -> new Finding("There is no database " + database + " (" + settings + ").",
					"CREATE DATABASE " + database + "; or give the application the right name.");
			case "42501" -> new Finding("Role " + role + " may not connect to " + database + ": " + text(ex) + ".",
					"GRANT CONNECT ON DATABASE " + database + " TO " + role + ";");
			case "08004" -> new Finding("The connection to " + settings + " is refused: " + text(ex),
					"Correct the connection's properties (sslmode, password).");
			case "08P01" -> new Finding("What answers at " + settings + " is no Postgres server: " + text(ex)
					+ ". Is it a connection pooler?", "Give the application the address of the server itself.");
			default -> state.startsWith("28") ? authorization(role, settings, ex) : other(ex, settings);
		};
	}

	private static Finding authorization(String role, PostgresSettings settings, SQLException ex) {
		return new Finding("Postgres doesn't let role " + role + " in (" + settings + "): " + text(ex) + ".",
				"CREATE ROLE " + role + " LOGIN REPLICATION PASSWORD '…'; if there is no such role, otherwise a line "
						+ "in pg_hba.conf (host " + Identifiers.sql(settings.database()) + " " + role
						+ " <our address> scram-sha-256) and SELECT pg_reload_conf();");
	}

	private static @Nullable Finding other(SQLException ex, PostgresSettings settings) {
		if (FailureKind.of(ex) == FailureKind.PASSING) {
			return null;
		}
		return new Finding("Postgres refuses the connection as " + settings + ": " + text(ex) + ".",
				"Look for SQLSTATE " + ex.getSQLState() + " in the server's log.");
	}

	/**
	 * Translates the failure of a statement of ours.
	 * @param ex what the driver threw
	 * @param settings how we are connected
	 * @return a {@link DatabaseUnavailableException} or a {@link StartupCheckException}
	 */
	public static RuntimeException working(SQLException ex, PostgresSettings settings) {
		if (FailureKind.of(ex) == FailureKind.PASSING) {
			return new DatabaseUnavailableException("Postgres can't serve " + settings + " now: " + text(ex), ex);
		}
		String remedy = "42501".equals(ex.getSQLState())
				? "GRANT what is missing to " + Identifiers.sql(settings.user())
						+ ", or let a role that has it do it and " + "set kalam.postgres.manage=validate."
				: "Look for SQLSTATE " + ex.getSQLState() + " in the server's log.";
		return new StartupCheckException(List.of(new Finding("Postgres refuses: " + text(ex) + ".", remedy)), ex);
	}

	static String text(SQLException ex) {
		String message = String.valueOf(ex.getMessage());
		int end = message.indexOf('\n');
		return (end >= 0) ? message.substring(0, end) : message;
	}

}
