package io.kalam.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;

/**
 * Binds comparisons of columns, and refuses those whose outcome in Postgres is not known
 * here.
 */
final class ComparisonBinder {

	private final RowType type;

	ComparisonBinder(RowType type) {
		this.type = type;
	}

	Condition compare(Column column, Operator operator, Given given, int position) {
		check(column, operator, position);
		if (given.value() == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		if (given.value() instanceof BigDecimal number) {
			checkNumber(column, given);
			return numbers(column).compare(operator, number, given);
		}
		return new Condition.Comparison(column, operator, literal(column, given));
	}

	Condition compare(Column left, Operator operator, Column right, int position) {
		check(left, operator, position);
		check(right, operator, position);
		ColumnType a = left.type().underlying();
		ColumnType b = right.type().underlying();
		ValueType sort = ValueType.of(left);
		boolean same = (a.name().equals(b.name()) && a.schema().equals(b.schema()))
				|| (sort == ValueType.of(right) && (sort == ValueType.INTEGER || sort == ValueType.TEXT));
		if (!same || !Objects.equals(left.collation(), right.collation())) {
			throw QueryException.unsupported("Columns can be compared if they have the same type and collation; \""
					+ left.name() + "\" and \"" + right.name() + "\" have not", position);
		}
		return new Condition.ColumnComparison(left, operator, right);
	}

	Condition in(Column column, List<Given> list, int position) {
		if (list.size() == 1) {
			return compare(column, Operator.EQUAL, list.get(0), position);
		}
		check(column, Operator.EQUAL, position);
		List<Literal> literals = new ArrayList<>();
		boolean orNull = false;
		for (Given given : list) {
			if (given.value() == null) {
				orNull = true;
			}
			else if (given.value() instanceof BigDecimal number) {
				checkNumber(column, given);
				numbers(column).listed(number, given).ifPresent(literals::add);
			}
			else {
				literals.add(literal(column, given));
			}
		}
		if (literals.isEmpty()) {
			return orNull ? new Condition.Constant(Truth.UNKNOWN) : new Condition.UnlessNull(column, false);
		}
		return new Condition.In(column, new LiteralList(literals), orNull);
	}

	private void check(Column column, Operator operator, int position) {
		Codec<Object> codec = this.type.codec(column);
		String what = "Column \"" + column.name() + "\" of type " + column.type().name();
		if (!codec.comparable()) {
			throw QueryException.unsupported(what + ((column.collation() != null && !column.collation().deterministic())
					? " has a nondeterministic collation and can't be compared in a live query"
					: " can't be compared in a live query; only IS NULL is supported for it"), position);
		}
		if (operator.orders() && !codec.ordered()) {
			throw QueryException.unsupported(what + ((column.collation() != null)
					? " is ordered by collation \"" + column.collation().name()
							+ "\", which can't be reproduced exactly; use = or <>, or give the column COLLATE \"C\""
					: " has no order in a live query; use =, <> or IN"), position);
		}
	}

	private NumberBinder numbers(Column column) {
		return new NumberBinder(column, this.type.codec(column));
	}

	private static void checkNumber(Column column, Given given) {
		if (!ValueType.of(column).isNumber()) {
			throw QueryException.invalid("Column \"" + column.name() + "\" of type " + column.type().name()
					+ " can't be compared with a number; write the value as a string", given.position());
		}
	}

	private Literal literal(Column column, Given given) {
		boolean truth = given.value() instanceof Boolean;
		if (truth && ValueType.of(column) != ValueType.BOOLEAN) {
			throw QueryException.invalid("Column \"" + column.name() + "\" of type " + column.type().name()
					+ " can't be compared with a boolean", given.position());
		}
		Codec<Object> codec = this.type.codec(column);
		try {
			return new Literal(ValueType.sqlType(column), codec, codec.parse(String.valueOf(given.value())));
		}
		catch (CodecException ex) {
			throw QueryException.unsupported("Column \"" + column.name() + "\" is compared with what is "
					+ ex.getMessage() + "; write it as Postgres prints it" + example(column), given.position());
		}
	}

	private static String example(Column column) {
		return switch (column.type().underlying().name()) {
			case "bool" -> ": true or false";
			case "date" -> ": 2026-01-31";
			case "timestamp" -> ": 2026-01-31T12:34:56.123456";
			case "timestamptz" -> ": 2026-01-31T12:34:56.123456Z";
			case "time" -> ": 12:34:56.123456";
			case "timetz" -> ": 12:34:56.123456+01";
			case "interval" -> ", in the style of ISO 8601: P1DT2H";
			case "bytea" -> ": \\xdeadbeef";
			case "uuid" -> ": a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11";
			default -> "";
		};
	}

}
