package io.kalam.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Whether our schema is there and usable, or can be made.
 */
final class SchemaCheck implements Check {

	private static final String SCHEMA = """
			SELECT n.oid IS NOT NULL AS present, c.oid IS NOT NULL AS complete,
				EXISTS (SELECT FROM pg_attribute WHERE attrelid = c.oid AND attname = 'holder') AS current,
				quote_ident(current_database()) AS database,
				has_database_privilege(current_database(), 'CREATE') AS creates,
				coalesce(has_schema_privilege(n.oid, 'CREATE'), false) AS fills,
				coalesce(has_schema_privilege(n.oid, 'USAGE'), false) AS uses,
				coalesce(has_table_privilege(c.oid, 'SELECT') AND has_table_privilege(c.oid, 'INSERT')
					AND has_table_privilege(c.oid, 'UPDATE'), false) AS writes
			FROM (SELECT) AS one LEFT JOIN pg_namespace n ON n.nspname = 'kalam'
				LEFT JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = 'identity'
			""";

	@Override
	public void run(CheckContext context) throws SQLException {
		try (Statement statement = context.connection().createStatement();
				ResultSet row = statement.executeQuery(SCHEMA)) {
			row.next();
			if (row.getBoolean("complete")) {
				usable(context, row);
			}
			else if (!context.creates()) {
				context.find("The table " + KalamSchema.IDENTITY + " is missing.", ddl(context));
			}
			else {
				creatable(context, row);
			}
		}
	}

	private static void usable(CheckContext context, ResultSet row) throws SQLException {
		if (!row.getBoolean("current")) {
			context.find("The table " + KalamSchema.IDENTITY + " was made by an earlier version.",
					"ALTER TABLE " + KalamSchema.IDENTITY + " ADD COLUMN holder uuid;");
		}
		if (!row.getBoolean("uses") || !row.getBoolean("writes")) {
			context.find("Role " + context.role() + " may not read and write " + KalamSchema.IDENTITY + ".",
					grants(context));
		}
	}

	private static void creatable(CheckContext context, ResultSet row) throws SQLException {
		if (row.getBoolean("present") && !row.getBoolean("fills")) {
			context.find("Role " + context.role() + " may not create tables in schema " + KalamSchema.NAME + ".",
					"GRANT USAGE, CREATE ON SCHEMA " + KalamSchema.NAME + " TO " + context.role() + ";");
		}
		if (!row.getBoolean("present") && !row.getBoolean("creates")) {
			context.find("Role " + context.role() + " may not create the schema " + KalamSchema.NAME + ".",
					"GRANT CREATE ON DATABASE " + row.getString("database") + " TO " + context.role() + ";");
		}
	}

	private static String ddl(CheckContext context) {
		return KalamSchema.CREATE_SCHEMA + ";\n" + KalamSchema.CREATE_IDENTITY + ";\n" + grants(context);
	}

	private static String grants(CheckContext context) {
		return "GRANT USAGE ON SCHEMA " + KalamSchema.NAME + " TO " + context.role() + ";\nGRANT SELECT, INSERT, "
				+ "UPDATE ON " + KalamSchema.IDENTITY + " TO " + context.role() + ";";
	}

}
