package io.kalam.sequence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresFailures;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TransactionSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a slot's reader, kept in the database. Holds one connection and opens
 * it again after a failure. Blocks, for ten seconds at the most; may be used by any
 * thread, one at a time. Every method throws {@link DatabaseUnavailableException} for
 * what may work later and {@link StartupCheckException} for what will not.
 */
public final class IdentityStore implements AutoCloseable {

	private static final String COLUMNS = """
			i.slot, i.generation, i.incarnation, i.heartbeat, i.acknowledged::text AS acknowledged,
			i.system_identifier, i.database_oid, i.publication_oid""";

	private static final String SLOT = "SELECT " + SlotState.COLUMNS
			+ " FROM pg_replication_slots s WHERE s.slot_name = ?";

	private static final String IDENTITY = "SELECT " + COLUMNS + ", " + ServerState.COLUMNS
			+ " FROM (SELECT) AS one LEFT JOIN kalam.identity i ON i.slot = ?";

	private static final String INSERT = """
			INSERT INTO kalam.identity AS i (slot, generation, incarnation, heartbeat, acknowledged, system_identifier,
				database_oid, publication_oid)
			VALUES (?, ?, gen_random_uuid(), 0, ?::pg_lsn, ?, ?, ?)
			ON CONFLICT (slot) DO NOTHING RETURNING\s""" + COLUMNS;

	private static final String UPDATE = """
			UPDATE kalam.identity AS i SET generation = ?, incarnation = gen_random_uuid(), heartbeat = heartbeat + 1,
				acknowledged = ?::pg_lsn, system_identifier = ?, database_oid = ?, publication_oid = ?
			WHERE slot = ? AND incarnation = ?
			RETURNING\s""" + COLUMNS;

	private static final String BEAT = """
			WITH i AS (
				UPDATE kalam.identity SET heartbeat = heartbeat + 1, acknowledged = greatest(acknowledged, ?::pg_lsn)
				WHERE slot = ? AND incarnation = ? RETURNING *)
			SELECT pg_current_snapshot()::text AS snapshot,
				pg_logical_emit_message(false, '%s', '')::text AS message, %s, %s, %s
			FROM i LEFT JOIN pg_replication_slots s ON s.slot_name = i.slot
			""".formatted(KalamSchema.MESSAGE_PREFIX, COLUMNS, ServerState.COLUMNS, SlotState.COLUMNS);

	private final PostgresSettings settings;

	private final String slot;

	private @Nullable Connection connection;

	/**
	 * A store.
	 * @param settings the database
	 * @param slot the slot whose reader it is about
	 */
	public IdentityStore(PostgresSettings settings, String slot) {
		this.settings = settings;
		this.slot = slot;
	}

	/**
	 * Looks at slot, identity and server.
	 * @return what there is
	 */
	public synchronized Sighting look() {
		return with((open) -> {
			SlotState found = slot(open);
			if (found != null && found.isBeingMade()) {
				throw new DatabaseUnavailableException("The slot " + this.slot + " is being made by pid "
						+ found.activePid() + ", which waits for open transactions to end", null);
			}
			try (PreparedStatement statement = open.prepareStatement(IDENTITY)) {
				statement.setString(1, this.slot);
				try (ResultSet row = statement.executeQuery()) {
					row.next();
					return new Sighting(found, (row.getString("slot") != null) ? identity(row) : null,
							ServerState.from(row));
				}
			}
		});
	}

	private @Nullable SlotState slot(Connection open) throws SQLException {
		try (PreparedStatement statement = open.prepareStatement(SLOT)) {
			statement.setString(1, this.slot);
			try (ResultSet row = statement.executeQuery()) {
				return row.next() ? SlotState.from(row) : null;
			}
		}
	}

	/**
	 * Begins a generation: one more than the greater of the recorded one and a floor,
	 * with an incarnation of its own. Of several processes that have judged by the same
	 * identity, one succeeds.
	 * @param judged the identity by which it was decided, {@code null} if there was none
	 * @param floor the generation has to be greater than this one
	 * @param acknowledged the slot's confirmed position
	 * @param server the server on which the generation begins
	 * @param publicationOid the publication that is read
	 * @return the new identity
	 * @throws IdentityChangedException if the identity is no longer the one that was
	 * judged
	 */
	public synchronized Identity startGeneration(@Nullable Identity judged, Generation floor, Lsn acknowledged,
			ServerState server, long publicationOid) {
		int generation = 1 + Math.max(floor.value(), (judged != null) ? judged.generation().value() : 0);
		if (generation > Generation.MAX) {
			throw new StartupCheckException(
					List.of(new Finding("All " + Generation.MAX + " generations of slot " + this.slot + " are used up.",
							"DELETE FROM kalam.identity WHERE slot = '" + this.slot + "'; and delete the journal.")));
		}
		return with((open) -> {
			try (PreparedStatement statement = (judged != null) ? open.prepareStatement(UPDATE)
					: open.prepareStatement(INSERT)) {
				int at = 1;
				if (judged == null) {
					statement.setString(at++, this.slot);
				}
				statement.setInt(at++, generation);
				statement.setString(at++, acknowledged.toString());
				statement.setLong(at++, server.systemIdentifier());
				statement.setLong(at++, server.databaseOid());
				statement.setLong(at++, publicationOid);
				if (judged != null) {
					statement.setString(at++, this.slot);
					statement.setObject(at, judged.incarnation());
				}
				try (ResultSet row = statement.executeQuery()) {
					if (!row.next()) {
						throw new IdentityChangedException(this.slot);
					}
					return identity(row);
				}
			}
		});
	}

	/**
	 * Lets the heart beat: counts, records what the slot may be told from now on, and
	 * writes a logical message that the stream reports as progress. One round trip; does
	 * not wait for a synchronous standby.
	 * @param known the identity that we know
	 * @param acknowledged the position up to which everything is durable and visible; one
	 * before an earlier one is ignored
	 * @return what the database says; only after the return may the slot be told the
	 * position
	 * @throws IdentityChangedException if the identity is no longer the one that we know
	 */
	public synchronized Heartbeat beat(Identity known, Lsn acknowledged) {
		return with((open) -> {
			try (PreparedStatement statement = open.prepareStatement(BEAT)) {
				statement.setString(1, acknowledged.toString());
				statement.setString(2, this.slot);
				statement.setObject(3, known.incarnation());
				try (ResultSet row = statement.executeQuery()) {
					if (!row.next()) {
						throw new IdentityChangedException(this.slot);
					}
					return new Heartbeat(identity(row), TransactionSnapshot.parse(row.getString("snapshot")),
							Lsn.parse(row.getString("message")), ServerState.from(row), SlotState.from(row));
				}
			}
		});
	}

	private static Identity identity(ResultSet row) throws SQLException {
		return new Identity(row.getString("slot"), new Generation(row.getInt("generation")),
				row.getObject("incarnation", UUID.class), row.getLong("heartbeat"),
				Lsn.parse(row.getString("acknowledged")), row.getLong("system_identifier"), row.getLong("database_oid"),
				row.getLong("publication_oid"));
	}

	private <T> T with(Work<T> work) {
		try {
			return work.on(open());
		}
		catch (SQLException ex) {
			close();
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	private Connection open() throws SQLException {
		Connection open = this.connection;
		if (open != null) {
			return open;
		}
		try {
			open = this.settings.connect();
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
		this.connection = open;
		try (Statement statement = open.createStatement()) {
			statement.execute("SET synchronous_commit = local; SET statement_timeout = '5s'");
			try (ResultSet row = statement.executeQuery("SELECT pg_is_in_recovery()")) {
				row.next();
				if (row.getBoolean(1)) {
					close();
					throw new DatabaseUnavailableException(this.settings + " is a replica, for now", null);
				}
			}
		}
		return open;
	}

	/**
	 * Closes the connection. The store remains usable.
	 */
	@Override
	public synchronized void close() {
		Connection open = this.connection;
		this.connection = null;
		if (open == null) {
			return;
		}
		try {
			open.close();
		}
		catch (SQLException ex) {
			// nothing is lost: each statement is a transaction of its own
		}
	}

	/**
	 * Something to do on a connection.
	 *
	 * @param <T> what comes out of it
	 */
	@FunctionalInterface
	private interface Work<T> {

		T on(Connection open) throws SQLException;

	}

}
