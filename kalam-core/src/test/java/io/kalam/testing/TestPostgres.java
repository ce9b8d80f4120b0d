package io.kalam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.kalam.catalog.PostgresSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * A real Postgres for tests, one for the JVM, with what production has switched on
 * ({@code fsync}, {@code synchronous_commit}); and databases in it, one for each test
 * that asks.
 */
public final class TestPostgres {

	/**
	 * The major version that the build was asked for ({@code -Dkalam.postgres.version=}).
	 */
	public static final int MAJOR = Integer.getInteger("kalam.postgres.version", 17);

	private static final AtomicInteger DATABASES = new AtomicInteger();

	private static EmbeddedPostgres server;

	private TestPostgres() {
	}

	/**
	 * Starts a server of its own, for tests that break or configure it.
	 */
	public static EmbeddedPostgres start(Map<String, String> settings) {
		return start(settings, (builder) -> {
		});
	}

	/**
	 * Starts a server of its own, in a directory or on a port of its own.
	 */
	public static EmbeddedPostgres start(Map<String, String> settings, Consumer<EmbeddedPostgres.Builder> customizer) {
		try {
			EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
				.setServerConfig("wal_level", "logical")
				.setServerConfig("max_replication_slots", "40")
				.setServerConfig("max_wal_senders", "40")
				.setServerConfig("max_prepared_transactions", "20")
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("full_page_writes", "on");
			settings.forEach(builder::setServerConfig);
			customizer.accept(builder);
			return builder.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The settings of a database of a server.
	 */
	public static PostgresSettings settings(EmbeddedPostgres server, String database) {
		return new PostgresSettings("127.0.0.1", server.getPort(), database, "postgres", "postgres", Map.of());
	}

	/**
	 * Makes an empty database in the shared server.
	 */
	public static synchronized PostgresSettings createDatabase() {
		if (server == null) {
			server = start(Map.of());
		}
		String name = "test_" + DATABASES.incrementAndGet();
		execute(settings(server, "postgres"), "CREATE DATABASE " + name);
		return settings(server, name);
	}

	/**
	 * Executes statements on a connection of their own, each in its own transaction.
	 */
	public static void execute(PostgresSettings settings, String... statements) {
		try (Connection connection = settings.connect(); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The first column of the first row that a query returns, as Postgres prints it.
	 */
	public static String value(PostgresSettings settings, String sql) {
		try (Connection connection = settings.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
