package io.kalam.query;

import java.util.List;

import io.kalam.catalog.Column;

/**
 * That a column is equal to one of some values, as Postgres compares them. Null is equal
 * to none.
 *
 * @param column the column, whose type has an equality
 * @param values canonical values of the column's codec, one or more
 */
public record EqualityTerm(Column column, List<Object> values) {

	public EqualityTerm {
		values = List.copyOf(values);
	}

}
