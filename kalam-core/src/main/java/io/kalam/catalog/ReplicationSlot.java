package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Our replication slot. Every method opens a connection of its own and blocks. All of
 * them throw {@link DatabaseUnavailableException} for what may work later, and
 * {@link StartupCheckException} for what will not.
 */
public final class ReplicationSlot {

	/**
	 * The output plugin of a slot of ours.
	 */
	public static final String PLUGIN = "pgoutput";

	private static final int FAILOVER_SINCE = 170_000;

	private static final String READ = "SELECT " + SlotState.COLUMNS
			+ " FROM pg_replication_slots s WHERE s.slot_name = ?";

	private static final String DROP = """
			SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots
			WHERE slot_name = ? AND plugin = ? AND database = current_database()
			""";

	private static final Duration LOOK = Duration.ofMillis(250);

	private final PostgresSettings settings;

	private final String name;

	/**
	 * A slot, whether it exists or not.
	 * @param settings the database that it belongs to
	 * @param name its name
	 */
	public ReplicationSlot(PostgresSettings settings, String name) {
		this.settings = settings;
		this.name = name;
	}

	/**
	 * The statement that creates a slot like ours. From Postgres 17 on the slot is marked
	 * to be copied, which standbys do that are set up for it.
	 * @param name the slot's name
	 * @param version {@code server_version_num}
	 * @return the statement, without a semicolon
	 */
	public static String creation(String name, int version) {
		return call("'" + name + "', '" + PLUGIN + "'", version);
	}

	static String call(String arguments, int version) {
		return "SELECT pg_create_logical_replication_slot(" + arguments
				+ ((version >= FAILOVER_SINCE) ? ", failover => true)" : ")");
	}

	/**
	 * Looks at the slot.
	 * @return its state, {@code null} if there is none
	 */
	public @Nullable SlotState read() {
		try (Connection connection = this.settings.connect()) {
			return read(connection, this.name);
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
	}

	static @Nullable SlotState read(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(READ)) {
			statement.setString(1, name);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? SlotState.from(row) : null;
			}
		}
	}

	/**
	 * Creates the slot. Postgres does so when every transaction has ended that is open in
	 * the whole cluster; until then this method waits, without a limit. It ends within
	 * ten seconds when its thread is interrupted, and whichever way it fails, no slot is
	 * left behind.
	 * @param waiting is told, by the calling thread, for which transactions we wait, each
	 * time that this changes
	 * @return the new slot
	 * @throws InterruptedException if the thread was interrupted
	 */
	public SlotState create(Consumer<List<BlockingTransaction>> waiting) throws InterruptedException {
		try (SlotCreation creation = SlotCreation.start(this.settings, this.name)) {
			List<BlockingTransaction> told = List.of();
			while (!creation.await(LOOK)) {
				List<BlockingTransaction> blocking = creation.blocking();
				if (!blocking.equals(told)) {
					waiting.accept(blocking);
					told = blocking;
				}
			}
			return creation.slot();
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	/**
	 * Drops the slot if it exists and is one that we could have created: of our plugin,
	 * in our database.
	 */
	public void drop() {
		try (Connection connection = this.settings.connect()) {
			drop(connection, this.name);
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	static void drop(Connection connection, String name) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(DROP)) {
			statement.setString(1, name);
			statement.setString(2, PLUGIN);
			statement.execute();
		}
	}

}
