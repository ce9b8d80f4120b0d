package io.kalam.query;

import java.math.BigDecimal;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.Numeric;
import org.jspecify.annotations.Nullable;

/**
 * A term as Postgres converts it before it is compared with something of another type.
 */
final class ConvertedTerm implements Term {

	private final Term term;

	private final ColumnType type;

	private final Codec<Object> codec;

	private ConvertedTerm(Term term, ColumnType type) {
		this.term = term;
		this.type = type;
		this.codec = Types.codec(type, term.collation());
	}

	/**
	 * An enum as text, by which it can be told whether two labels are the same, and a
	 * label that it doesn't have is equal to none; {@code char(n)} as text, without its
	 * padding; {@code citext} as text.
	 */
	static Term text(Term term) {
		return new ConvertedTerm(term, Types.TEXT);
	}

	/**
	 * {@code varchar} as {@code char(n)}, for which blanks at the end mean nothing.
	 */
	static Term padded(Term term) {
		return new ConvertedTerm(term, Types.BPCHAR);
	}

	/**
	 * An array of labels of an enum as an array of texts.
	 */
	static Term texts(Term array) {
		return new ConvertedTerm(array, Types.array(Types.TEXT));
	}

	/**
	 * A number as a wider one.
	 * @param term the number
	 * @param wider its sort or a wider one: {@code numeric}, or {@code float8} as the
	 * widest
	 * @return the number in that type
	 */
	static Term number(Term term, ValueType wider) {
		if (term.sort() == wider) {
			return term;
		}
		return new ConvertedTerm(term, (wider == ValueType.NUMERIC) ? Types.NUMERIC : Types.FLOAT8);
	}

	/**
	 * Converts a canonical value as Postgres does.
	 * @param value a value
	 * @param sort the sort of the type to convert to
	 * @return the value in that type
	 */
	static Object convert(Object value, ValueType sort) {
		return switch (sort) {
			case FLOAT8 -> (value instanceof Numeric numeric) ? float8(numeric) : ((Number) value).doubleValue();
			case NUMERIC -> (value instanceof Numeric) ? value : Numeric.of(new BigDecimal(value.toString()));
			default -> value;
		};
	}

	private static Double float8(Numeric numeric) {
		return numeric.isFinite() ? numeric.number().doubleValue() : Double.parseDouble(numeric.toString());
	}

	@Override
	public String describe() {
		return this.term.describe();
	}

	@Override
	public ColumnType type() {
		return this.type;
	}

	@Override
	public @Nullable Collation collation() {
		return this.term.collation();
	}

	@Override
	public boolean collated() {
		return this.term.collated();
	}

	@Override
	public Codec<Object> codec() {
		return this.codec;
	}

	@Override
	public @Nullable Object value(Row row) {
		Object value = this.term.value(row);
		boolean asItIs = this.type.kind() == ColumnType.Kind.ARRAY || this.term.type().kind() == ColumnType.Kind.ENUM;
		if (value == null || asItIs) {
			return value;
		}
		if (this.type.equals(Types.TEXT)) {
			return this.term.type().name().equals("bpchar") ? withoutPadding((String) value) : value;
		}
		return convert(value, sort());
	}

	private static String withoutPadding(String text) {
		int length = text.length();
		while (length > 0 && text.charAt(length - 1) == ' ') {
			length--;
		}
		return text.substring(0, length);
	}

	@Override
	public void write(SqlWriter out) {
		out.term(this.term).text("::").text(ValueType.sqlType(this.type));
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof ConvertedTerm converted && this.term.equals(converted.term)
				&& this.type.equals(converted.type);
	}

	@Override
	public int hashCode() {
		return this.term.hashCode() + 2;
	}

}
