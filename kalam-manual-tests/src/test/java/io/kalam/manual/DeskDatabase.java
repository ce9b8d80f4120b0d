package io.kalam.manual;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Manage;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.catalog.TableReference;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;

/**
 * The sample's database, with what Kalam makes at its first start, and the roles that the
 * manual speaks of.
 */
final class DeskDatabase implements AutoCloseable {

	private static final String NAME = "desk";

	private static final String SLOT = "kalam_desk";

	/** Those of the manual, and those that it makes. */
	private static final List<String> ROLES = List.of("rds_replication", "app", "kalam");

	private static final List<RequiredTable> TABLES = List.of(
			new RequiredTable(new TableReference(null, "tickets"), "assignee_id", "Ticket"),
			new RequiredTable(new TableReference(null, "messages"), null, "Message"));

	private static final String OBJECTS = """
			SELECT 'publication' AS object FROM pg_publication UNION ALL
			SELECT 'schema' FROM pg_namespace WHERE nspname = 'kalam' UNION ALL
			SELECT 'slot' FROM pg_replication_slots ORDER BY object
			""";

	private final EmbeddedPostgresServer server;

	private DeskDatabase(EmbeddedPostgresServer server) {
		this.server = server;
	}

	static DeskDatabase start() {
		return new DeskDatabase(EmbeddedPostgresServer.builder().start());
	}

	Connection connect() throws SQLException {
		return connect(NAME);
	}

	private Connection connect(String database) throws SQLException {
		return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + this.server.port() + "/" + database,
				this.server.user(), this.server.password());
	}

	/**
	 * Makes it anew, with what Kalam makes.
	 */
	void prepare() {
		try {
			empty();
			PostgresSettings owner = settings(this.server.user(), this.server.password());
			checks(owner, Manage.CREATE, true).run();
			new ReplicationSlot(owner, SLOT).create((blocking) -> {
			});
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Runs the checks of an application that makes nothing by itself.
	 * @param user its login
	 * @param password its password
	 */
	void validate(String user, String password) {
		checks(settings(user, password), Manage.VALIDATE, false).run();
	}

	private static StartupChecks checks(PostgresSettings settings, Manage manage, boolean replicaIdentity) {
		return new StartupChecks(settings, new StartupRequirements(SLOT, "kalam", manage, replicaIdentity, TABLES),
				(type) -> true);
	}

	private PostgresSettings settings(String user, String password) {
		return new PostgresSettings("127.0.0.1", this.server.port(), NAME, user, password, Map.of());
	}

	/**
	 * Makes it anew, without anything of ours.
	 */
	void empty() {
		try {
			execute("postgres", "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots",
					"DROP DATABASE IF EXISTS " + NAME + " WITH (FORCE)");
			for (String role : ROLES) {
				execute("postgres", "DROP ROLE IF EXISTS " + role);
			}
			execute("postgres", "CREATE ROLE app LOGIN", "CREATE ROLE rds_replication");
			execute("postgres", "CREATE DATABASE " + NAME);
			Path schema = Page.root().resolve("sample-app/src/main/resources/schema.sql");
			execute(NAME, Files.readString(schema));
		}
		catch (IOException | SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void execute(String database, String... statements) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/**
	 * What of ours there is in the database.
	 */
	List<String> objects() {
		try (Connection connection = connect();
				Statement statement = connection.createStatement();
				ResultSet rows = statement.executeQuery(OBJECTS)) {
			List<String> objects = new ArrayList<>();
			while (rows.next()) {
				objects.add(rows.getString(1));
			}
			return objects;
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.close();
	}

}
