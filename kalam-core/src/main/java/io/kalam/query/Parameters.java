package io.kalam.query;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

import io.kalam.codec.CodecException;
import io.kalam.codec.Numeric;
import org.jspecify.annotations.Nullable;

/**
 * The values of a query: those in its text and those that are bound to {@code $1} and so
 * on.
 */
final class Parameters {

	private static final int MAX_DIGITS = 5;

	private final List<? extends @Nullable Object> values;

	private final String user;

	private final QueryLimits limits;

	/**
	 * Values.
	 * @param values the values of {@code $1} and so on
	 * @param user the value of {@code CURRENT_USER}
	 * @param limits how long an array may be
	 */
	Parameters(List<? extends @Nullable Object> values, String user, QueryLimits limits) {
		this.values = values;
		this.user = user;
		this.limits = limits;
	}

	Given value(Syntax.Operand operand) {
		if (operand instanceof Syntax.Value value) {
			return value(value);
		}
		if (operand instanceof Syntax.TruthValue truth) {
			return new Given((truth.truth() != Truth.UNKNOWN) ? truth.truth() == Truth.TRUE : null, false,
					truth.position());
		}
		if (operand instanceof Syntax.CurrentUser) {
			return new Given(this.user, false, operand.position());
		}
		if (operand instanceof Syntax.Cast cast) {
			Given given = value(cast.operand());
			return new Given(given.value(), given.parameter(), cast.type(), given.position());
		}
		throw QueryException.unsupported("A value or parameter is needed", operand.position());
	}

	/**
	 * The elements of an array, of all its dimensions.
	 * @param operand an array, or a string that is spelt as one
	 * @return the elements, or {@code null} if there is no array
	 */
	@Nullable List<Given> array(Syntax.Operand operand) {
		TypeName type = null;
		Syntax.Operand uncast = operand;
		if (operand instanceof Syntax.Cast cast) {
			uncast = cast.operand();
			type = cast.type().element();
		}
		if (uncast instanceof Syntax.TruthValue truth && truth.truth() == Truth.UNKNOWN) {
			return null;
		}
		if (!(uncast instanceof Syntax.Value value) || value.token().kind() == SqlToken.Kind.NUMBER) {
			throw QueryException.unsupported("Pass an array as a parameter, or write '{…}'", operand.position());
		}
		boolean parameter = value.token().kind() == SqlToken.Kind.PARAMETER;
		Object array = parameter ? raw(value.token()) : value.token().value();
		return (array != null) ? elements(array, value, type) : null;
	}

	private List<Given> elements(Object array, Syntax.Value value, @Nullable TypeName type) {
		List<Given> values = new ArrayList<>();
		for (Object element : (array instanceof String text) ? read(text, value) : list(array, value)) {
			values.add(new Given(scalar(element, value.token()), true, type, value.position()));
		}
		if (values.size() > this.limits.maxInList()) {
			throw QueryException.unsupported("An array may have " + this.limits.maxInList() + " values",
					value.position());
		}
		return values;
	}

	private List<?> list(Object array, Syntax.Value value) {
		if (array instanceof List<?> elements) {
			return elements;
		}
		throw QueryException.invalid("The value of $" + value.token().value() + " must be an array", value.position());
	}

	private static List<@Nullable Object> read(String text, Syntax.Value value) {
		try {
			List<@Nullable Object> elements = new ArrayList<>();
			Types.flatten((Object[]) Types.TEXTS.parse(text), elements::add);
			return elements;
		}
		catch (CodecException ex) {
			if (value.token().kind() == SqlToken.Kind.PARAMETER) {
				throw QueryException.invalid("The value of $" + value.token().value() + " must be an array",
						value.position());
			}
			throw QueryException.unsupported(
					"An array is spelt as Postgres prints it, {a,b,\"c d\"}, or passed as a" + " parameter",
					value.position());
		}
	}

	private Given value(Syntax.Value value) {
		SqlToken token = value.token();
		return switch (token.kind()) {
			case STRING -> new Given(token.value(), false, token.position());
			case NUMBER -> new Given(number(value), false, token.position());
			default -> new Given(parameter(token), true, token.position());
		};
	}

	private static BigDecimal number(Syntax.Value value) {
		try {
			BigDecimal written = new BigDecimal(value.token().value());
			BigDecimal number = Numeric.of(LiteralReader.checked(written, value.position())).number();
			return value.negative() ? number.negate() : number;
		}
		catch (CodecException | NumberFormatException ex) {
			throw QueryException.invalid("The number is out of range", value.position());
		}
	}

	private @Nullable Object parameter(SqlToken token) {
		return scalar(raw(token), token);
	}

	private @Nullable Object raw(SqlToken token) {
		int number = (token.value().length() <= MAX_DIGITS) ? Integer.parseInt(token.value()) : Integer.MAX_VALUE;
		if (number < 1 || number > this.values.size()) {
			throw QueryException.invalid("There is no value for $" + number + "; params has " + this.values.size(),
					token.position());
		}
		return this.values.get(number - 1);
	}

	private static @Nullable Object scalar(@Nullable Object value, SqlToken token) {
		if (value == null || value instanceof String || value instanceof Boolean) {
			return value;
		}
		if (value instanceof Number jsonNumber) {
			return number(jsonNumber, token);
		}
		throw QueryException.invalid(
				"The value of $" + token.value() + " must be a string, a number, a boolean or null", token.position());
	}

	private static BigDecimal number(Number number, SqlToken token) {
		try {
			BigDecimal decimal = (number instanceof BigDecimal exact) ? exact : (number instanceof BigInteger integer)
					? new BigDecimal(integer) : new BigDecimal(number.toString());
			return Numeric.of(LiteralReader.checked(decimal, token.position())).number();
		}
		catch (CodecException | NumberFormatException ex) {
			throw QueryException.invalid("The number is out of range", token.position());
		}
	}

}
