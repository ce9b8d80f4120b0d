package io.kalam.capture.debezium;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at slot and publication before Debezium does, which would wait for half an hour
 * where there is nothing to wait for, and make what is missing.
 */
final class SlotCheck {

	private static final Logger logger = LoggerFactory.getLogger(SlotCheck.class);

	private static final String SLOT = """
			SELECT plugin, database, active, wal_status
			FROM pg_replication_slots
			WHERE slot_name = ?
			""";

	private static final String PUBLICATION = """
			SELECT 1 FROM pg_publication WHERE pubname = ?
			""";

	/**
	 * Takes its time where the slot is still active, so that it may be asked again.
	 */
	private static final String RELEASED = """
			SELECT 1
			FROM pg_replication_slots, LATERAL (SELECT pg_sleep(0.01)) AS pause
			WHERE slot_name = ? AND active
			""";

	private static final int ATTEMPTS = 200;

	private final DebeziumSettings settings;

	SlotCheck(DebeziumSettings settings) {
		this.settings = settings;
	}

	/**
	 * Checks.
	 * @throws SQLException with the SQLSTATE that Postgres itself would give, if the slot
	 * can't be read
	 */
	void run() throws SQLException {
		try (Connection connection = this.settings.postgres().connect()) {
			slot(connection);
			publication(connection);
		}
	}

	private void slot(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(SLOT)) {
			statement.setString(1, this.settings.slot());
			try (ResultSet result = statement.executeQuery()) {
				if (!result.next() || !"pgoutput".equals(result.getString("plugin"))
						|| !this.settings.postgres().database().equals(result.getString("database"))) {
					throw new SQLException("There is no such replication slot", SqlState.UNDEFINED_OBJECT);
				}
				if ("lost".equals(result.getString("wal_status"))) {
					throw new SQLException("The slot is invalidated", SqlState.NOT_IN_PREREQUISITE_STATE);
				}
				if (result.getBoolean("active")) {
					throw new SQLException("The slot is in use", SqlState.OBJECT_IN_USE);
				}
			}
		}
	}

	private void publication(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(PUBLICATION)) {
			statement.setString(1, this.settings.publication());
			if (!isFound(statement)) {
				throw new SQLException("There is no such publication", SqlState.UNDEFINED_OBJECT);
			}
		}
	}

	/**
	 * Waits, for about two seconds at most, until the server has noticed that nobody
	 * reads the slot any more.
	 */
	void awaitRelease() {
		try (Connection connection = this.settings.postgres().connect();
				PreparedStatement statement = connection.prepareStatement(RELEASED)) {
			statement.setString(1, this.settings.slot());
			for (int i = 0; i < ATTEMPTS && isFound(statement); i++) {
				logger.trace("Slot {} is still active", this.settings.slot());
			}
		}
		catch (SQLException ex) {
			logger.debug("Whether slot {} is released can't be asked", this.settings.slot(), ex);
		}
	}

	private static boolean isFound(PreparedStatement statement) throws SQLException {
		try (ResultSet result = statement.executeQuery()) {
			return result.next();
		}
	}

}
