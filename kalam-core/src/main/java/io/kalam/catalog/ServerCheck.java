package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The server's version, role, log level and the database's encoding. A server that is too
 * old or in recovery ends the run at once.
 */
final class ServerCheck implements Check {

	private static final String SERVER = """
			SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS printed,
				pg_is_in_recovery() AS recovery, current_setting('wal_level') AS wal_level,
				pg_encoding_to_char(encoding) AS encoding, datname
			FROM pg_database WHERE datname = current_database()
			""";

	private final int oldest;

	ServerCheck(int oldest) {
		this.oldest = oldest;
	}

	@Override
	public void run(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(SERVER)) {
			row.next();
			version(context, row);
			recovery(context, row);
			context.throwFindings();
			walLevel(context, row.getString("wal_level"));
			encoding(context, row);
		}
	}

	private void version(CheckContext context, ResultSet row) throws SQLException {
		if (row.getInt("version") < this.oldest * 10000) {
			context.find(
					"The server is Postgres " + row.getString("printed") + "; " + this.oldest
							+ " is the oldest that will do.",
					"Upgrade the server to Postgres " + this.oldest + " or later.");
		}
	}

	private static void recovery(CheckContext context, ResultSet row) throws SQLException {
		if (row.getBoolean("recovery")) {
			context.find(
					context.settings() + " is a replica (the server is in recovery); changes are read from, and "
							+ "our own records written to, the primary.",
					"Give the application the address of the primary (of several hosts, the first is taken), or set "
							+ "kalam.postgres.host and kalam.postgres.port to it.");
		}
	}

	private static void walLevel(CheckContext context, String level) {
		if (!level.equals("logical")) {
			context.find("The server's wal_level is " + level + "; changes can only be read with wal_level=logical.",
					"ALTER SYSTEM SET wal_level = logical; then restart the server (managed services have a parameter "
							+ "instead: rds.logical_replication, cloudsql.logical_decoding, azure wal_level). "
							+ "A container is started with it: in Docker Compose add to the service "
							+ "'command: postgres -c wal_level=logical', in Testcontainers add "
							+ ".withCommand(\"postgres\", \"-c\", \"wal_level=logical\"), or make it with "
							+ "LogicalPostgres.container(…) of kalam-spring-boot-test.");
		}
	}

	private static void encoding(CheckContext context, ResultSet row) throws SQLException {
		String encoding = row.getString("encoding");
		if (!encoding.equals("UTF8")) {
			String database = Identifiers.sql(row.getString("datname"));
			context.find("The encoding of database " + database + " is " + encoding + "; only UTF8 will do.",
					"CREATE DATABASE " + database + " TEMPLATE template0 ENCODING 'UTF8'; and reload a dump into it "
							+ "(the encoding of a database can't be changed).");
		}
	}

}
