package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether a session is as we have asked for it: a connection pooler that shares sessions
 * drops what a client sets when it connects, and with it the form in which values are
 * printed.
 */
final class SessionCheck implements Check {

	private static final String TIMEOUT = "SELECT current_setting('statement_timeout')";

	@Override
	public void run(CheckContext context) throws SQLException {
		PostgresSettings settings = context.settings();
		if (settings.properties().containsKey(PostgresSettings.OPTIONS)) {
			return;
		}
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(TIMEOUT)) {
			row.next();
			if (!row.getString(1).equals(PostgresSettings.STATEMENT_TIMEOUT)) {
				context.find(
						"What answers at " + settings + " drops the settings of a session, as connection poolers do; "
								+ "changes and snapshots need sessions of their own.",
						"Set kalam.postgres.host and kalam.postgres.port to the server itself; the application's own "
								+ "connections may go on through the pooler.");
			}
		}
	}

}
