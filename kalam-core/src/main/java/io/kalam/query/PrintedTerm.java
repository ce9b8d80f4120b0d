package io.kalam.query;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.OwnValue;
import org.jspecify.annotations.Nullable;

/**
 * A value of a type of the application's own as the text that Postgres prints, by which
 * it is compared here and there.
 */
final class PrintedTerm implements Term {

	private static final Codec<Object> TEXT = Types.codec(Types.TEXT, null);

	private final Term term;

	/**
	 * A text.
	 * @param term a column whose codec says that its texts tell whether values are equal
	 */
	PrintedTerm(Term term) {
		this.term = term;
	}

	/**
	 * Refuses what Postgres would not print.
	 * @param value what the term is compared with
	 */
	void check(Given value) {
		LiteralReader.read(this.term, value);
	}

	@Override
	public String describe() {
		return this.term.describe();
	}

	@Override
	public ColumnType type() {
		return Types.TEXT;
	}

	@Override
	public @Nullable Collation collation() {
		return null;
	}

	@Override
	public Codec<Object> codec() {
		return TEXT;
	}

	@Override
	public @Nullable Object value(Row row) {
		return (this.term.value(row) instanceof OwnValue own) ? own.text() : null;
	}

	@Override
	public void write(SqlWriter out) {
		out.text("(CASE WHEN ").term(this.term).text(" IS DISTINCT FROM NULL THEN format('%s', ");
		out.term(this.term).text(") END)");
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof PrintedTerm printed && this.term.equals(printed.term);
	}

	@Override
	public int hashCode() {
		return this.term.hashCode() + 3;
	}

}
