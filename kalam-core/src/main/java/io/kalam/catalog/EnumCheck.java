package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether Debezium can read the types of the database, of which it wants to know all
 * before it streams: it can't where there is a domain over an enum, or an enum without
 * labels, whether a realtime table has a column of that type or not.
 */
final class EnumCheck implements Check {

	private static final String TYPES = """
			SELECT t.oid::regtype::text AS name, t.typtype = 'd' AS domain, t.typbasetype::regtype::text AS base,
				(SELECT string_agg(format('ALTER TABLE %s ALTER COLUMN %I TYPE %s; ', a.attrelid::regclass, a.attname,
						t.typbasetype::regtype), '' ORDER BY a.attrelid, a.attnum)
					FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
					WHERE a.atttypid = t.oid AND NOT a.attisdropped AND c.relkind IN ('r', 'p')
						AND NOT c.relispartition) AS uses
			FROM pg_type t
			WHERE t.typcategory = 'E' AND t.oid NOT IN (SELECT enumtypid FROM pg_enum)
				AND t.typnamespace <> 'pg_catalog'::regnamespace
			ORDER BY 1
			""";

	@Override
	public void run(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(TYPES)) {
			while (row.next()) {
				find(context, row);
			}
		}
	}

	private static void find(CheckContext context, ResultSet row) throws SQLException {
		String name = row.getString("name");
		if (!row.getBoolean("domain")) {
			context.find(
					"The enum " + name + " has no labels; Debezium can't start in a database that has such a type.",
					"ALTER TYPE " + name + " ADD VALUE 'unknown';");
			return;
		}
		String uses = row.getString("uses");
		context.find(
				"The domain " + name + " is over the enum " + row.getString("base")
						+ "; Debezium can't start in a database that has such a type.",
				((uses != null) ? uses : "") + "DROP DOMAIN " + name + ";");
	}

}
