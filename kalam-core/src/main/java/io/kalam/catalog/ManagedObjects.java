package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.kalam.catalog.Relation.Member;

/**
 * Makes and mends what is ours, after the checks have found nothing wrong. Two processes
 * may do so at once.
 * <p>
 * To set its replica identity, each table is locked for the moment of its own statement,
 * for which we wait no longer than a second. While another process of ours streams, no
 * table is taken out of the publication: it may want one that we no longer know.
 */
final class ManagedObjects {

	private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtext('kalam'), hashtext(?))";

	private static final String READER = "SELECT 1 FROM pg_replication_slots WHERE slot_name = ? AND active";

	private final CheckContext context;

	private final String publication;

	private final int version;

	ManagedObjects(CheckContext context, int version) {
		this.context = context;
		this.publication = context.requirements().publication();
		this.version = version;
	}

	void identities(Collection<Relation> relations) throws SQLException {
		for (Relation relation : relations) {
			for (Member member : relation.members()) {
				if (member.identity() != ReplicaIdentity.FULL) {
					identity(member);
				}
			}
		}
	}

	private void identity(Member member) throws SQLException {
		String table = Identifiers.sql(member.name());
		try (Statement statement = this.context.connection().createStatement()) {
			statement.execute("SET lock_timeout = '1s'");
			statement.execute("ALTER TABLE " + table + " REPLICA IDENTITY FULL");
			statement.execute("RESET lock_timeout");
		}
		catch (SQLException ex) {
			if ("55P03".equals(ex.getSQLState())) {
				throw new DatabaseUnavailableException("Table " + table + " is in use, so that its replica identity "
						+ "can't be set; it will be tried again", ex);
			}
			throw ex;
		}
	}

	/**
	 * Makes the schema, and the publication publish exactly these tables.
	 * @param relations the tables
	 * @param kept more tables, which are left in the publication if they are there
	 * @return the tables that were added to a publication that was there
	 */
	Set<TableName> create(Collection<Relation> relations, Collection<Relation> kept) throws SQLException {
		Connection connection = this.context.connection();
		connection.setAutoCommit(false);
		try {
			lock(connection);
			execute(List.of(KalamSchema.CREATE_SCHEMA, KalamSchema.CREATE_IDENTITY));
			Set<TableName> added = publish(relations, kept);
			connection.commit();
			return added;
		}
		finally {
			connection.rollback();
			connection.setAutoCommit(true);
		}
	}

	private void lock(Connection connection) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
			statement.setString(1, this.publication);
			statement.execute();
		}
	}

	private Set<TableName> publish(Collection<Relation> relations, Collection<Relation> kept) throws SQLException {
		PublicationState state = PublicationState.read(this.context.connection(), this.publication);
		if (state == null) {
			List<TableName> names = relations.stream().map(Relation::name).toList();
			execute(List.of(PublicationStatements.create(this.publication, names, this.version),
					PublicationStatements.mark(this.publication)));
		}
		else if (state.ours()) {
			return mend(state, relations, kept);
		}
		return Set.of();
	}

	private Set<TableName> mend(PublicationState state, Collection<Relation> relations, Collection<Relation> kept)
			throws SQLException {
		Set<TableName> add = new HashSet<>();
		Set<TableName> drop = new HashSet<>(isStreamedByAnother() ? Set.of() : state.direct().values());
		kept.forEach((relation) -> drop.remove(relation.name()));
		for (Relation relation : relations) {
			drop.remove(relation.name());
			if (!state.suits(relation)) {
				add.add(relation.name());
				relation.members()
					.stream()
					.map(Member::oid)
					.filter(state.direct()::containsKey)
					.forEach((oid) -> drop.add(state.direct().get(oid)));
			}
		}
		boolean options = !state.missingActions().isEmpty() || !state.viaRoot()
				|| (!state.generated() && this.version >= PublicationStatements.PUBLISHES_GENERATED);
		List<String> statements = new ArrayList<>();
		if (!drop.isEmpty()) {
			statements.add(PublicationStatements.drop(this.publication, drop));
		}
		if (!add.isEmpty()) {
			statements.add(PublicationStatements.add(this.publication, add));
		}
		if (options) {
			statements.add(PublicationStatements.set(this.publication, this.version));
		}
		execute(statements);
		return add;
	}

	private boolean isStreamedByAnother() throws SQLException {
		try (PreparedStatement statement = this.context.connection().prepareStatement(READER)) {
			statement.setString(1, this.context.requirements().slot());
			try (ResultSet row = statement.executeQuery()) {
				return row.next();
			}
		}
	}

	private void execute(List<String> statements) throws SQLException {
		try (Statement statement = this.context.connection().createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
