package io.kalam.catalog;

import java.util.Comparator;

import org.springframework.util.Assert;

/**
 * The qualified name of a table, as the catalog spells it (no quotes, case as stored).
 *
 * @param schema the schema's name
 * @param name the table's name
 */
public record TableName(String schema, String name) implements Comparable<TableName> {

	private static final Comparator<TableName> ORDER = Comparator.comparing(TableName::schema)
		.thenComparing(TableName::name);

	public TableName {
		Assert.hasLength(schema, "schema must not be empty");
		Assert.hasLength(name, "name must not be empty");
	}

	/**
	 * An identifier in double quotes, inner quotes doubled.
	 * @param identifier the identifier
	 * @return what may stand in SQL text
	 */
	public static String quote(String identifier) {
		return '"' + identifier.replace("\"", "\"\"") + '"';
	}

	/**
	 * The name as it may stand in SQL text, quoted.
	 * @return {@code "schema"."name"}
	 */
	public String toSql() {
		return quote(this.schema) + '.' + quote(this.name);
	}

	/**
	 * The name as a string in SQL text, for a cast to {@code regclass}.
	 * @return {@link #toSql()} as a literal, whatever the session's settings
	 */
	public String toLiteral() {
		return Identifiers.literal(toSql());
	}

	@Override
	public int compareTo(TableName other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.schema + '.' + this.name;
	}

}
