package io.kalam.query;

import java.math.BigDecimal;

import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;
import io.kalam.codec.Jsonb;

/**
 * Reads values as the types of what they are compared with.
 */
final class LiteralReader {

	private static final int MAX_DIGITS = 1000;

	private static final int MAX_DIGITS_OF_NUMERIC = 131_072;

	private LiteralReader() {
	}

	/**
	 * Reads a value that is no number, or the string of one.
	 * @param term what it is compared with
	 * @param given the value, not null
	 * @return the value as the term's type
	 */
	static Literal read(Term term, Given given) {
		return read(term.type(), term.codec(), term.describe(), given);
	}

	/**
	 * Reads a value.
	 * @param type the type
	 * @param codec the type's codec
	 * @param what what it is compared with, for a message
	 * @param given the value, not null
	 * @return the value
	 */
	static Literal read(ColumnType type, Codec<Object> codec, String what, Given given) {
		if (given.value() instanceof Boolean && ValueType.of(type) != ValueType.BOOLEAN) {
			throw QueryException.invalid(what + " can't be compared with a boolean", given.position());
		}
		try {
			String text = text(type, given);
			if (ValueType.of(type) == ValueType.NUMERIC) {
				checkExponent(text, given.position());
			}
			return new Literal(ValueType.sqlType(type), codec, codec.parse(text));
		}
		catch (CodecException ex) {
			throw QueryException.unsupported(what + " is compared with what is " + ex.getMessage()
					+ "; write it as Postgres prints it" + example(type), given.position());
		}
	}

	/**
	 * Refuses a number that is short to write, {@code 1e131071}, and long to keep.
	 * @param number the number
	 * @param position where it is
	 * @return the number
	 */
	static BigDecimal checked(BigDecimal number, int position) {
		long digits = Math.max((long) number.precision() - number.scale(), number.scale());
		boolean tooLong = number.signum() != 0 && digits > MAX_DIGITS;
		if (tooLong && digits <= MAX_DIGITS_OF_NUMERIC) {
			throw QueryException.unsupported("A number may have " + MAX_DIGITS + " digits when it is written out",
					position);
		}
		return number;
	}

	private static void checkExponent(String text, int position) {
		boolean exponent = text.indexOf('e') >= 0 || text.indexOf('E') >= 0;
		try {
			if (exponent) {
				checked(new BigDecimal(text), position);
			}
		}
		catch (NumberFormatException ex) {
			throw new CodecException("not a value of type numeric");
		}
	}

	private static String text(ColumnType type, Given given) {
		if (given.value() instanceof BigDecimal number) {
			if (!ValueType.of(type).isNumber()) {
				throw QueryException.unsupported("A number is cast to types of numbers only; write it as a string",
						given.position());
			}
			return number(type, number);
		}
		String text = String.valueOf(given.value());
		return type.name().equals("jsonb") ? Jsonb.canonical(text) : text;
	}

	private static String number(ColumnType type, BigDecimal number) {
		boolean whole = number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
		boolean integer = ValueType.of(type) == ValueType.INTEGER || ValueType.of(type) == ValueType.OID;
		return (integer && whole && number.precision() - number.scale() < 20) ? number.toBigInteger().toString()
				: number.toString();
	}

	private static String example(ColumnType type) {
		return switch (type.name()) {
			case "bool" -> ": true or false";
			case "date" -> ": 2026-01-31";
			case "timestamp" -> ": 2026-01-31T12:34:56.123456";
			case "timestamptz" -> ": 2026-01-31T12:34:56.123456Z";
			case "time" -> ": 12:34:56.123456";
			case "timetz" -> ": 12:34:56.123456+01";
			case "interval" -> ", in the style of ISO 8601: P1DT2H";
			case "bytea" -> ": \\xdeadbeef";
			case "jsonb" -> ": {\"key\": 1}, \"text\", 1.5 or null";
			case "uuid" -> ": a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
			default -> "";
		};
	}

}
