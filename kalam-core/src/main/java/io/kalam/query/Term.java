package io.kalam.query;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * What is found in a row and can be tested: a column, or something made of one. Equal
 * terms have equal values in every row.
 */
sealed interface Term permits ColumnTerm, CollatedTerm, ConvertedTerm, JsonTerm, PrintedTerm {

	/**
	 * What it is for a message.
	 * @return words that begin a sentence
	 */
	String describe();

	/**
	 * The type of its values.
	 * @return the type, below all domains
	 */
	ColumnType type();

	/**
	 * The collation of its values.
	 * @return the collation, {@code null} for a type that has none
	 */
	@Nullable Collation collation();

	/**
	 * The codec of its values, by which they are compared.
	 * @return the codec
	 */
	Codec<Object> codec();

	/**
	 * Its value in a row.
	 * @param row the row
	 * @return the canonical value, {@code null} for SQL's null
	 */
	@Nullable Object value(Row row);

	/**
	 * Writes it for Postgres.
	 * @param out where to write to
	 */
	void write(SqlWriter out);

	/**
	 * Whether its collation was named in the query: then it counts for both sides of a
	 * comparison.
	 * @return whether there is {@code COLLATE "C"}
	 */
	default boolean collated() {
		return false;
	}

	/**
	 * The sort of its type.
	 * @return the sort
	 */
	default ValueType sort() {
		return ValueType.of(type());
	}

}
