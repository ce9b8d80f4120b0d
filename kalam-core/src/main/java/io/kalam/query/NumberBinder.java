package io.kalam.query;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;

/**
 * Binds comparisons of a column with a number. Postgres compares both as the wider type:
 * an integer with {@code 1.5} as numerics, a {@code float4} with any number as
 * {@code float8}. Here the number is brought to the column's type instead, by a
 * comparison that holds for the same values.
 */
final class NumberBinder {

	private static final BigDecimal INT8_MIN = BigDecimal.valueOf(Long.MIN_VALUE);

	private static final BigDecimal INT8_MAX = BigDecimal.valueOf(Long.MAX_VALUE);

	private final Term term;

	private final Codec<Object> codec;

	NumberBinder(Term term) {
		this.term = term;
		this.codec = term.codec();
	}

	Condition compare(Operator operator, BigDecimal number, Given given) {
		return switch (this.term.sort()) {
			case INTEGER -> compareInteger(operator, number);
			case FLOAT4 -> given.parameter() ? comparison(operator, parsed(number, given))
					: compareFloat4(operator, number, given);
			default -> comparison(operator, parsed(number, given));
		};
	}

	/**
	 * A number in a list of several, which Postgres brings to one type with the column's:
	 * for a {@code float4} that is {@code float4}.
	 * @param number the number
	 * @param given where it comes from
	 * @return the literal, empty if no value of the column's type is equal to it
	 */
	Optional<Literal> listed(BigDecimal number, Given given) {
		if (this.term.sort() != ValueType.INTEGER) {
			return Optional.of(parsed(number, given));
		}
		boolean possible = isInt8(number) && isWhole(number);
		return possible ? Optional.of(integer(number)) : Optional.empty();
	}

	private Condition compareInteger(Operator operator, BigDecimal number) {
		if (!isInt8(number)) {
			boolean less = number.signum() > 0;
			boolean truth = operator.holds(less ? -1 : 1);
			return new TermCondition.UnlessNull(this.term, truth);
		}
		if (isWhole(number)) {
			return comparison(operator, integer(number));
		}
		return between(operator, integer(number.setScale(0, RoundingMode.FLOOR)));
	}

	private Condition compareFloat4(Operator operator, BigDecimal number, Given given) {
		double value = float8(number, given);
		float rounded = (float) value;
		if (rounded == value) {
			return comparison(operator, new Literal(ValueType.sqlType(this.term.type()), this.codec, rounded));
		}
		float floor = (rounded < value) ? rounded : Math.nextDown(rounded);
		return between(operator, new Literal(ValueType.sqlType(this.term.type()), this.codec, floor));
	}

	/**
	 * Compares with a number that lies between two neighbours of the column's type.
	 * @param operator how they are compared
	 * @param floor the lesser of the neighbours
	 * @return the comparison
	 */
	private Condition between(Operator operator, Literal floor) {
		return switch (operator) {
			case EQUAL -> new TermCondition.UnlessNull(this.term, false);
			case NOT_EQUAL -> new TermCondition.UnlessNull(this.term, true);
			case LESS, LESS_OR_EQUAL -> comparison(Operator.LESS_OR_EQUAL, floor);
			case GREATER, GREATER_OR_EQUAL -> comparison(Operator.GREATER, floor);
		};
	}

	private Condition comparison(Operator operator, Literal literal) {
		return new TermCondition.Comparison(this.term, operator, literal);
	}

	Literal integer(BigDecimal number) {
		long value = number.longValueExact();
		try {
			return new Literal(ValueType.sqlType(this.term.type()), this.codec,
					this.codec.parse(String.valueOf(value)));
		}
		catch (CodecException ex) {
			return new Literal(ValueType.INT8, this.codec, value);
		}
	}

	private Literal parsed(BigDecimal number, Given given) {
		try {
			String text = (this.term.sort() == ValueType.OID) ? number.toPlainString() : number.toString();
			return new Literal(ValueType.sqlType(this.term.type()), this.codec, this.codec.parse(text));
		}
		catch (CodecException ex) {
			throw outOfRange(given);
		}
	}

	private double float8(BigDecimal number, Given given) {
		double value = number.doubleValue();
		boolean underflow = value == 0 && number.signum() != 0;
		if (Double.isInfinite(value) || underflow) {
			throw outOfRange(given);
		}
		return value;
	}

	private QueryException outOfRange(Given given) {
		return QueryException.invalid(this.term.describe() + " does not have the number in its range",
				given.position());
	}

	private static boolean isInt8(BigDecimal number) {
		return number.compareTo(INT8_MIN) >= 0 && number.compareTo(INT8_MAX) <= 0;
	}

	private static boolean isWhole(BigDecimal number) {
		return number.signum() == 0 || number.stripTrailingZeros().scale() <= 0;
	}

}
