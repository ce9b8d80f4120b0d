package io.kalam.query;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A text with {@code COLLATE "C"}.
 */
final class CollatedTerm implements Term {

	private static final Collation C = new Collation("C", true, true, true);

	private final Term term;

	private final Codec<Object> codec;

	/**
	 * A text.
	 * @param term a term of a type that can be collated
	 */
	CollatedTerm(Term term) {
		this.term = term;
		this.codec = Types.codec(term.type(), C);
	}

	@Override
	public String describe() {
		return this.term.describe();
	}

	@Override
	public ColumnType type() {
		return this.term.type();
	}

	@Override
	public Collation collation() {
		return C;
	}

	@Override
	public boolean collated() {
		return true;
	}

	@Override
	public Codec<Object> codec() {
		return this.codec;
	}

	@Override
	public @Nullable Object value(Row row) {
		return this.term.value(row);
	}

	@Override
	public void write(SqlWriter out) {
		out.text("(").term(this.term).text(" COLLATE \"pg_catalog\".\"C\")");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof CollatedTerm collated && this.term.equals(collated.term);
	}

	@Override
	public int hashCode() {
		return this.term.hashCode() + 1;
	}

}
