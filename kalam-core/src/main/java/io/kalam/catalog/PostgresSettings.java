package io.kalam.catalog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * Where the database is and who we are there.
 *
 * @param host the server's name or address
 * @param port its port
 * @param database the database's name
 * @param user the login; needs the REPLICATION attribute
 * @param password its password, empty if there is none
 * @param properties further connection properties of the JDBC driver ({@code sslmode},
 * {@code sslrootcert} …)
 */
public record PostgresSettings(String host, int port, String database, String user, String password,
		Map<String, String> properties) {

	/**
	 * The connection property that sets what holds for the session.
	 */
	static final String OPTIONS = "options";

	/**
	 * How long a statement may take, as Postgres prints it.
	 */
	static final String STATEMENT_TIMEOUT = "10s";

	public PostgresSettings {
		properties = Map.copyOf(properties);
	}

	/**
	 * Opens a connection for a few short statements: no statement waits longer than ten
	 * seconds, in any place.
	 * @return a connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	public Connection connect() throws SQLException {
		return open(Map.of());
	}

	/**
	 * Opens a connection that speaks the replication protocol (simple statements and
	 * replication commands). It takes one of the server's {@code max_wal_senders}.
	 * @return a connection, to be closed by the caller
	 * @throws SQLException if there is none to be had
	 */
	public Connection connectForReplication() throws SQLException {
		return open(Map.of("replication", "database", "preferQueryMode", "simple", "assumeMinServerVersion", "15"));
	}

	private Connection open(Map<String, String> special) throws SQLException {
		Properties all = new Properties();
		all.put("connectTimeout", "5");
		all.put("socketTimeout", "15");
		all.put("tcpKeepAlive", "true");
		all.put("ApplicationName", "kalam");
		all.put(OPTIONS, "-c statement_timeout=" + STATEMENT_TIMEOUT + " -c lock_timeout=5s");
		all.putAll(this.properties);
		all.putAll(special);
		all.put("user", this.user);
		all.put("password", this.password);
		return DriverManager.getConnection(
				"jdbc:postgresql://" + bracketed(this.host) + ":" + this.port + "/" + encoded(this.database), all);
	}

	private static String bracketed(String host) {
		return (host.indexOf(':') >= 0 && !host.startsWith("[")) ? "[" + host + "]" : host;
	}

	private static String encoded(String database) {
		return URLEncoder.encode(database, StandardCharsets.UTF_8);
	}

	/**
	 * Leaves out the password and the properties.
	 */
	@Override
	public String toString() {
		return this.user + "@" + this.host + ":" + this.port + "/" + this.database;
	}

}
