package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A table as the application names it.
 * <p>
 * Both parts are looked up exactly as they are written; if there is no such table, in
 * lower case, as Postgres folds a name without quotes. Without a schema, each of the two
 * goes through the connection's {@code search_path}.
 *
 * @param schema the schema, {@code null} for what the {@code search_path} finds first
 * @param name the table's name
 */
public record TableReference(@Nullable String schema, String name) {

	public TableReference {
		Assert.isTrue(schema == null || !schema.isEmpty(), "schema must not be empty");
		Assert.hasLength(name, "name must not be empty");
	}

	@Override
	public String toString() {
		return (this.schema != null) ? this.schema + '.' + this.name : this.name;
	}

}
