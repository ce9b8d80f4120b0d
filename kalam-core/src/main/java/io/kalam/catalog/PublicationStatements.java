package io.kalam.catalog;

import java.util.Collection;

/**
 * The statements that make a publication what we need.
 */
final class PublicationStatements {

	/**
	 * The first version that can publish generated columns, and that refuses updates if
	 * it is not told to.
	 */
	static final int PUBLISHES_GENERATED = 180000;

	static final String ACTIONS = "insert, update, delete, truncate";

	private PublicationStatements() {
	}

	static String create(String publication, Collection<TableName> tables, int version) {
		String list = tables.isEmpty() ? "" : " FOR TABLE " + Identifiers.tables(tables.stream());
		return "CREATE PUBLICATION " + Identifiers.sql(publication) + list + " WITH (" + options(version) + ")";
	}

	static String mark(String publication) {
		return "COMMENT ON PUBLICATION " + Identifiers.sql(publication) + " IS "
				+ Identifiers.literal(PublicationState.MARK);
	}

	static String drop(String publication, Collection<TableName> tables) {
		return "ALTER PUBLICATION " + Identifiers.sql(publication) + " DROP TABLE "
				+ Identifiers.tables(tables.stream());
	}

	static String add(String publication, Collection<TableName> tables) {
		return "ALTER PUBLICATION " + Identifiers.sql(publication) + " ADD TABLE "
				+ Identifiers.tables(tables.stream());
	}

	static String set(String publication, int version) {
		return "ALTER PUBLICATION " + Identifiers.sql(publication) + " SET (" + options(version) + ")";
	}

	private static String options(int version) {
		String options = "publish = '" + ACTIONS + "', publish_via_partition_root = true";
		return (version >= PUBLISHES_GENERATED) ? options + ", publish_generated_columns = stored" : options;
	}

}
