package io.kalam.sequence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Finding;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupCheckException;
import io.kalam.catalog.TransactionSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a slot's reader, kept in the database, and who the reader is: each
 * store has a random token, and the one whose token is recorded may let the heart beat.
 * Holds one connection and opens it again after a failure. Blocks, for ten seconds at the
 * most; may be used by any thread, one at a time. Every method throws
 * {@link DatabaseUnavailableException} for what may work later and
 * {@link StartupCheckException} for what will not.
 */
public final class IdentityStore implements AutoCloseable {

	private static final String COLUMNS = """
			i.slot, i.generation, i.incarnation, i.heartbeat, i.acknowledged::text AS acknowledged,
			i.system_identifier, i.database_oid, i.publication_oid""";

	private static final String SLOT = "SELECT " + SlotState.COLUMNS
			+ " FROM pg_replication_slots s WHERE s.slot_name = ?";

	private static final String IDENTITY = "SELECT " + COLUMNS + ", " + ServerState.COLUMNS
			+ " FROM (SELECT) AS one LEFT JOIN kalam.identity i ON i.slot = ?";

	private static final String READER = """
			SELECT s.active_pid, i.holder, coalesce(i.heartbeat, -1) AS heartbeat
			FROM (SELECT ?::text AS slot) AS one LEFT JOIN pg_replication_slots s ON s.slot_name = one.slot
				LEFT JOIN kalam.identity i ON i.slot = one.slot
			""";

	private static final String INSERT = """
			INSERT INTO kalam.identity AS i (holder, generation, acknowledged, system_identifier, database_oid,
				publication_oid, slot, incarnation, heartbeat)
			VALUES (?, ?, ?::pg_lsn, ?, ?, ?, ?, gen_random_uuid(), 0)
			ON CONFLICT (slot) DO NOTHING RETURNING\s""" + COLUMNS;

	private static final String UPDATE = """
			UPDATE kalam.identity AS i SET holder = ?, generation = ?, acknowledged = ?::pg_lsn, system_identifier = ?,
				database_oid = ?, publication_oid = ?, incarnation = gen_random_uuid(), heartbeat = heartbeat + 1
			WHERE slot = ? AND incarnation = ? AND heartbeat = ?
			RETURNING\s""" + COLUMNS;

	private static final String TAKE = """
			UPDATE kalam.identity AS i SET holder = ?, heartbeat = heartbeat + 1
			WHERE slot = ? AND incarnation = ? AND heartbeat = ?
			RETURNING\s""" + COLUMNS;

	private static final String RELEASE = """
			UPDATE kalam.identity SET holder = NULL, heartbeat = heartbeat + 1 WHERE slot = ? AND holder = ?
			""";

	private static final String BEAT = """
			WITH i AS (
				UPDATE kalam.identity SET heartbeat = heartbeat + 1, acknowledged = greatest(acknowledged, ?::pg_lsn)
				WHERE slot = ? AND incarnation = ? AND holder = ? RETURNING *)
			SELECT pg_current_snapshot()::text AS snapshot,
				pg_logical_emit_message(false, '%s', '')::text AS message, %s, %s, %s
			FROM i LEFT JOIN pg_replication_slots s ON s.slot_name = i.slot
			""".formatted(KalamSchema.MESSAGE_PREFIX, COLUMNS, ServerState.COLUMNS, SlotState.COLUMNS);

	private final IdentityConnection connection;

	private final String slot;

	private final UUID token = UUID.randomUUID();

	/**
	 * A store.
	 * @param settings the database
	 * @param slot the slot whose reader it is about
	 */
	public IdentityStore(PostgresSettings settings, String slot) {
		this.connection = new IdentityConnection(settings);
		this.slot = slot;
	}

	/**
	 * Looks at slot, identity and server.
	 * @return what there is
	 */
	public synchronized Sighting look() {
		return this.connection.use((open) -> {
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
	 * Looks at who reads the slot, in one cheap statement.
	 * @return who does
	 */
	public synchronized SlotReader reader() {
		return this.connection.use((open) -> {
			try (PreparedStatement statement = open.prepareStatement(READER)) {
				statement.setString(1, this.slot);
				try (ResultSet row = statement.executeQuery()) {
					row.next();
					UUID holder = row.getObject("holder", UUID.class);
					return new SlotReader(row.getObject("active_pid", Integer.class), holder, this.token.equals(holder),
							row.getLong("heartbeat"));
				}
			}
		});
	}

	/**
	 * Becomes the reader of the slot. Whoever was it before is told so by its next beat.
	 * Of several processes that have judged by the same identity, one succeeds.
	 * @param judged the identity by which it was decided
	 * @return the identity from now on
	 * @throws IdentityChangedException if there has been a beat since, or somebody else
	 * has become the reader
	 */
	public synchronized Identity take(Identity judged) {
		return this.connection.use((open) -> {
			try (PreparedStatement statement = open.prepareStatement(TAKE)) {
				statement.setObject(1, this.token);
				judged(statement, 2, judged);
				return changed(statement);
			}
		});
	}

	/**
	 * Is the reader of the slot no longer, so that the next one need not wait for a sign
	 * of life. To be called when the slot is not read any more.
	 */
	public synchronized void release() {
		this.connection.use((open) -> {
			try (PreparedStatement statement = open.prepareStatement(RELEASE)) {
				statement.setString(1, this.slot);
				statement.setObject(2, this.token);
				return statement.executeUpdate();
			}
		});
	}

	/**
	 * Begins a generation, as the reader of the slot: one more than the greater of the
	 * recorded one and a floor, with an incarnation of its own. Of several processes that
	 * have judged by the same identity, one succeeds.
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
		return this.connection.use((open) -> {
			try (PreparedStatement statement = (judged != null) ? open.prepareStatement(UPDATE)
					: open.prepareStatement(INSERT)) {
				statement.setObject(1, this.token);
				statement.setInt(2, generation);
				statement.setString(3, acknowledged.toString());
				statement.setLong(4, server.systemIdentifier());
				statement.setLong(5, server.databaseOid());
				statement.setLong(6, publicationOid);
				if (judged != null) {
					judged(statement, 7, judged);
				}
				else {
					statement.setString(7, this.slot);
				}
				return changed(statement);
			}
		});
	}

	private void judged(PreparedStatement statement, int at, Identity judged) throws SQLException {
		statement.setString(at, this.slot);
		statement.setObject(at + 1, judged.incarnation());
		statement.setLong(at + 2, judged.heartbeat());
	}

	private Identity changed(PreparedStatement statement) throws SQLException {
		try (ResultSet row = statement.executeQuery()) {
			if (!row.next()) {
				throw new IdentityChangedException(this.slot);
			}
			return identity(row);
		}
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
	 * @throws IdentityChangedException if the identity is no longer the one that we know,
	 * or somebody else has become the reader
	 */
	public synchronized Heartbeat beat(Identity known, Lsn acknowledged) {
		return this.connection.use((open) -> {
			try (PreparedStatement statement = open.prepareStatement(BEAT)) {
				statement.setString(1, acknowledged.toString());
				statement.setString(2, this.slot);
				statement.setObject(3, known.incarnation());
				statement.setObject(4, this.token);
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

	/**
	 * Closes the connection. The store remains usable.
	 */
	@Override
	public synchronized void close() {
		this.connection.close();
	}

}
