package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What an operator may have us do to what is ours in the database. Every method opens a
 * connection of its own and blocks. All of them throw
 * {@link DatabaseUnavailableException} for what may work later, and
 * {@link StartupCheckException} for what somebody else has to do.
 */
public final class OwnedObjects {

	private static final String FORGET = "DELETE FROM kalam.identity WHERE slot = ?";

	private static final String OTHERS = "SELECT string_agg(slot, ', ') FROM kalam.identity";

	private final PostgresSettings settings;

	private final String slot;

	private final String publication;

	/**
	 * The objects of one application.
	 * @param settings the database
	 * @param slot the name of its replication slot
	 * @param publication the name of the publication
	 */
	public OwnedObjects(PostgresSettings settings, String slot, String publication) {
		this.settings = settings;
		this.slot = slot;
		this.publication = publication;
	}

	/**
	 * Takes a table out of the publication and puts it back, in one transaction, so that
	 * it has another lineage: whoever follows it has to read it anew.
	 * @param table a table that is named in the publication
	 */
	public void republish(TableName table) {
		use((connection) -> {
			PublicationState state = PublicationState.read(connection, this.publication);
			String drop = PublicationStatements.drop(this.publication, List.of(table));
			String add = PublicationStatements.add(this.publication, List.of(table));
			if (state == null || !state.direct().containsValue(table)) {
				throw refusal("Table " + Identifiers.sql(table) + " is not named in publication "
						+ Identifiers.sql(this.publication) + ".", add + ";");
			}
			if (!state.ours()) {
				throw refusal("Publication " + Identifiers.sql(this.publication) + " is not managed by Kalam.",
						"BEGIN; " + drop + "; " + add + "; COMMIT; as its owner. The table's clients read new "
								+ "snapshots at the next look at the catalog.");
			}
			execute(connection, List.of(drop, add));
			return table;
		});
	}

	/**
	 * Removes the slot and what is recorded about it, and, unless another slot is
	 * recorded, the publication, if it is of our making, and the schema {@code kalam}.
	 * @return what was removed, and what was left and why, in sentences
	 */
	public List<String> remove() {
		List<String> done = new ArrayList<>();
		use((connection) -> dropSlot(connection, done));
		use((connection) -> {
			removeRecords(connection, done);
			return done;
		});
		return done;
	}

	private List<String> dropSlot(Connection connection, List<String> done) throws SQLException {
		SlotState state = ReplicationSlot.read(connection, this.slot);
		if (state == null) {
			done.add("There was no replication slot " + this.slot + ".");
			return done;
		}
		if (state.activePid() != null) {
			throw new DatabaseUnavailableException("The replication slot " + this.slot + " is read by another process "
					+ "(pid " + state.activePid() + "): stop every process of the application but this one first",
					null);
		}
		ReplicationSlot.drop(connection, this.slot);
		done.add("The replication slot " + this.slot + " was dropped.");
		return done;
	}

	private void removeRecords(Connection connection, List<String> done) throws SQLException {
		if (!hasIdentities(connection)) {
			done.add("There was no schema " + KalamSchema.NAME + ".");
			return;
		}
		try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
			statement.setString(1, this.slot);
			statement.execute();
		}
		String others = others(connection);
		if (others != null) {
			done.add("Publication and schema were left for other applications, whose slots are: " + others + ".");
			return;
		}
		PublicationState state = PublicationState.read(connection, this.publication);
		if (state != null && state.ours()) {
			execute(connection, List.of("DROP PUBLICATION " + TableName.quote(this.publication)));
			done.add("The publication " + this.publication + " was dropped.");
		}
		else if (state != null) {
			done.add("The publication " + this.publication + " was left: it is not managed by Kalam.");
		}
		execute(connection, List.of("DROP TABLE " + KalamSchema.IDENTITY, "DROP SCHEMA " + KalamSchema.NAME));
		done.add("The schema " + KalamSchema.NAME + " was dropped.");
	}

	private static boolean hasIdentities(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT to_regclass('" + KalamSchema.IDENTITY + "') IS NOT NULL")) {
			row.next();
			return row.getBoolean(1);
		}
	}

	private static @Nullable String others(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(OTHERS)) {
			row.next();
			return row.getString(1);
		}
	}

	private static void execute(Connection connection, List<String> statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	private <T> T use(Work<T> work) {
		try (Connection connection = connect()) {
			connection.setAutoCommit(false);
			T result = work.on(connection);
			connection.commit();
			return result;
		}
		catch (SQLException ex) {
			throw PostgresFailures.working(ex, this.settings);
		}
	}

	private Connection connect() {
		try {
			return this.settings.connect();
		}
		catch (SQLException ex) {
			throw PostgresFailures.connecting(ex, this.settings);
		}
	}

	private static StartupCheckException refusal(String problem, String remedy) {
		return new StartupCheckException(List.of(new Finding(problem, remedy)));
	}

	/**
	 * Something to do in a transaction.
	 *
	 * @param <T> what comes out of it
	 */
	@FunctionalInterface
	private interface Work<T> {

		T on(Connection connection) throws SQLException;

	}

}
