package io.kalam.boot.test;

import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;

/**
 * Knows the tables of annotated classes.
 *
 * @param tables the realtime tables
 */
record EntityTables(RealtimeTables tables) {

	/**
	 * A query for all columns of an entity's table.
	 * @param type the annotated class
	 * @return the query
	 * @throws IllegalArgumentException if the class has no realtime table
	 */
	String queryFor(Class<?> type) {
		TableName name = this.tables.all()
			.stream()
			.filter((table) -> table.definition().table().origin().equals(type.getName()))
			.map(LiveTable::name)
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(type.getName() + " has no realtime table: put "
					+ "@RealtimeTable on it, and have it below the package of the @SpringBootApplication class"));
		return "SELECT * FROM " + quoted(name.schema()) + "." + quoted(name.name());
	}

	private static String quoted(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

}
