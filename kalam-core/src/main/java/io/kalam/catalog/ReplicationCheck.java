package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether we are let in for replication, found out by doing it: that is also right where
 * a provider's role stands for the REPLICATION attribute.
 */
final class ReplicationCheck implements Check {

	private static final String PROVIDERS_ROLE = "SELECT count(*) FROM pg_roles WHERE rolname = 'rds_replication'";

	private static final String SENDERS = """
			SELECT r.pid, coalesce(s.slot_name, nullif(r.application_name, ''), 'without slot') AS holder
			FROM pg_stat_replication r LEFT JOIN pg_replication_slots s ON s.active_pid = r.pid
			ORDER BY r.pid
			""";

	private static final String LIMIT = "SELECT current_setting('max_wal_senders')::int";

	private static final String OURS = "SELECT active_pid FROM pg_replication_slots WHERE slot_name = ? AND active";

	@Override
	public void run(CheckContext context) throws SQLException {
		try (Connection probe = context.settings().connectForReplication();
				Statement statement = probe.createStatement()) {
			statement.execute("IDENTIFY_SYSTEM");
		}
		catch (SQLException ex) {
			explain(context, ex);
		}
	}

	private static void explain(CheckContext context, SQLException ex) throws SQLException {
		String state = (ex.getSQLState() != null) ? ex.getSQLState() : "";
		switch (state) {
			case "42501" -> context.find("Role " + context.role() + " has no REPLICATION privilege.", remedy(context));
			case "53300" -> noSender(context, ex);
			default -> throw PostgresFailures.connecting(ex, context.settings());
		}
	}

	private static String remedy(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(PROVIDERS_ROLE)) {
			row.next();
			return (row.getInt(1) != 0) ? "GRANT rds_replication TO " + context.role() + ";"
					: "ALTER ROLE " + context.role() + " REPLICATION;";
		}
	}

	private static void noSender(CheckContext context, SQLException ex) throws SQLException {
		if (oursIsRead(context)) {
			throw new DatabaseUnavailableException(
					"No WAL sender is free while another process of ours still streams: " + PostgresFailures.text(ex),
					ex);
		}
		List<String> holders = holders(context);
		int limit = limit(context);
		if (holders.size() < limit) {
			throw PostgresFailures.connecting(ex, context.settings());
		}
		context.find(
				"No WAL sender is free: " + PostgresFailures.text(ex) + ". In use by: " + String.join(", ", holders)
						+ ".",
				"ALTER SYSTEM SET max_wal_senders = " + (limit + 5) + "; then restart the server; or stop a "
						+ "reader that is not needed.");
	}

	private static int limit(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(LIMIT)) {
			row.next();
			return row.getInt(1);
		}
	}

	private static boolean oursIsRead(CheckContext context) throws SQLException {
		try (PreparedStatement statement = context.connection().prepareStatement(OURS)) {
			statement.setString(1, context.requirements().slot());
			try (ResultSet row = statement.executeQuery()) {
				return row.next();
			}
		}
	}

	private static List<String> holders(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(SENDERS)) {
			List<String> holders = new ArrayList<>();
			while (row.next()) {
				holders.add(row.getString("holder") + " (pid " + row.getInt("pid") + ")");
			}
			return holders;
		}
	}

}
