package io.kalam.query;

import java.util.Objects;

import io.kalam.catalog.ColumnType;
import org.jspecify.annotations.Nullable;

/**
 * Finds the type in which Postgres compares two types, as its rules for the resolution of
 * operators say ({@code parse_oper.c}).
 */
final class Conversions {

	/**
	 * A {@code numeric} with no more digits than this, before or behind its point, is
	 * always in the range of {@code float8}.
	 */
	private static final int FLOAT8_DIGITS = 307;

	private static final int MODIFIER_HEADER = 4;

	private Conversions() {
	}

	/**
	 * Brings a term to the type in which it is compared with a value of a type.
	 * @param term the term
	 * @param type the type of the value
	 * @return the term, converted if need be; {@code null} if it is not known how they
	 * are compared
	 */
	static @Nullable Term withValue(Term term, TypeName type) {
		if (type.names(term.type())) {
			return term;
		}
		boolean padded = type.name().equals("bpchar") && term.sort() == ValueType.TEXT;
		if (!type.mayBeBuiltIn() || padded) {
			return null;
		}
		return towards(term, type.builtIn());
	}

	/**
	 * Brings a term to the type in which it is compared with another one.
	 * @param term the term
	 * @param other what it is compared with
	 * @return the term, converted if need be; {@code null} if it is not known how they
	 * are compared
	 */
	static @Nullable Term withTerm(Term term, Term other) {
		boolean oneCollation = Objects.equals(term.collation(), other.collation()) || term.collated()
				|| other.collated();
		boolean name = isName(term) != isName(other) && isText(term.type()) && isText(other.type());
		if (!oneCollation) {
			return null;
		}
		return name ? term : towards(term, other.type());
	}

	private static @Nullable Term towards(Term term, ColumnType other) {
		ColumnType type = term.type();
		if (type.name().equals(other.name()) && type.schema().equals(other.schema())) {
			return term;
		}
		ValueType a = ValueType.of(type);
		ValueType b = ValueType.of(other);
		if (a == b && (a == ValueType.INTEGER || a == ValueType.TEXT)) {
			return term;
		}
		boolean padded = type.name().equals("bpchar") || other.name().equals("bpchar");
		return (padded && (a == ValueType.TEXT || b == ValueType.TEXT)) ? padded(term, other) : number(term, a, b);
	}

	/**
	 * {@code char(n)} and {@code text} are compared as {@code text}, {@code char(n)} and
	 * {@code varchar}, which has no operators of its own, as {@code char(n)}.
	 */
	private static Term padded(Term term, ColumnType other) {
		return switch (term.type().name()) {
			case "bpchar" -> other.name().equals("text") ? ConvertedTerm.text(term) : term;
			case "varchar" -> ConvertedTerm.padded(term);
			default -> term;
		};
	}

	private static @Nullable Term number(Term term, ValueType a, ValueType b) {
		boolean numbers = a.isNumber() && b.isNumber() && a != ValueType.OID && b != ValueType.OID;
		if (!numbers) {
			return null;
		}
		boolean real = a.isFloat() || b.isFloat();
		if (real && a == ValueType.NUMERIC && !fitsFloat8(term.type().modifier())) {
			return null;
		}
		return ConvertedTerm.number(term, real ? ValueType.FLOAT8 : ValueType.NUMERIC);
	}

	/**
	 * Whether every value of a {@code numeric} has a {@code float8}; Postgres fails where
	 * one has not.
	 */
	private static boolean fitsFloat8(int modifier) {
		int packed = modifier - MODIFIER_HEADER;
		int precision = (packed >> 16) & 0xFFFF;
		int scale = ((packed & 0x7FF) ^ 0x400) - 0x400;
		return modifier >= MODIFIER_HEADER && precision - scale <= FLOAT8_DIGITS && scale <= FLOAT8_DIGITS;
	}

	private static boolean isName(Term term) {
		return term.type().name().equals("name");
	}

	private static boolean isText(ColumnType type) {
		return ValueType.of(type) == ValueType.TEXT || type.name().equals("name");
	}

}
