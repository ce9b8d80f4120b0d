package io.kalam.catalog;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which database we talk to and where its log stands. Only a primary has one.
 *
 * @param version {@code server_version_num}: 170004 is 17.4
 * @param systemIdentifier the cluster's identifier; survives a physical copy
 * @param databaseOid the database's oid in the cluster
 * @param timeline the timeline on which the log is written
 * @param flushed up to where the log is on disk
 * @param inserted up to where the log is written
 */
public record ServerState(int version, long systemIdentifier, long databaseOid, int timeline, Lsn flushed,
		Lsn inserted) {

	/**
	 * What to select to make a state {@linkplain #from(ResultSet) out of it}. The
	 * positions are read after the rows of the statement's {@code FROM}.
	 */
	public static final String COLUMNS = """
			current_setting('server_version_num')::int AS server_version,
			(SELECT system_identifier FROM pg_control_system()) AS server_system,
			(SELECT oid::int8 FROM pg_database WHERE datname = current_database()) AS server_database,
			pg_walfile_name(pg_current_wal_insert_lsn()) AS server_wal_file,
			pg_current_wal_flush_lsn()::text AS server_flushed,
			pg_current_wal_insert_lsn()::text AS server_inserted
			""";

	/**
	 * Asks the server.
	 * @param connection a connection to the primary
	 * @return the state at this moment
	 * @throws SQLException if the server can't say
	 */
	public static ServerState read(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SELECT " + COLUMNS)) {
			row.next();
			return from(row);
		}
	}

	/**
	 * Reads the {@link #COLUMNS}.
	 * @param row a result set that stands on a row
	 * @return the state
	 * @throws SQLException if the columns are not there
	 */
	public static ServerState from(ResultSet row) throws SQLException {
		int timeline = Integer.parseUnsignedInt(row.getString("server_wal_file").substring(0, 8), 16);
		return new ServerState(row.getInt("server_version"), row.getLong("server_system"),
				row.getLong("server_database"), timeline, Lsn.parse(row.getString("server_flushed")),
				Lsn.parse(row.getString("server_inserted")));
	}

}
