package io.kalam.catalog;

import java.util.List;

/**
 * A database that is fit for realtime tables. Everything is in place but the slot and the
 * identity, which depend on history.
 *
 * @param server the database that was checked
 * @param tables the tables that are fit, in the order in which they were asked for
 * @param publicationOid which publication it is: one that was dropped and created again
 * has another oid
 * @param slotPredatesPublication whether there is a slot that may be older than the
 * publication, or than its last change of options. Before Postgres 18, decoding what was
 * logged before the publication's creation fails for ever; from 18 on it leaves out
 * changes
 * @param findings why other tables are not fit; empty if all are
 */
public record CheckedDatabase(ServerState server, List<CheckedTable> tables, long publicationOid,
		boolean slotPredatesPublication, List<Finding> findings) {

	public CheckedDatabase {
		tables = List.copyOf(tables);
		findings = List.copyOf(findings);
	}

}
