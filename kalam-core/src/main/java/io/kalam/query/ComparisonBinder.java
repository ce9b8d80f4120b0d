package io.kalam.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import io.kalam.catalog.Collation;
import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Binds comparisons, and refuses those whose outcome in Postgres is not known here.
 */
final class ComparisonBinder {

	private ComparisonBinder() {
	}

	static Condition compare(Term given, Operator operator, Given value, int position) {
		Term term = converted(given, operator, value, position);
		if (value.value() == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		if (value.type() == null && value.value() instanceof BigDecimal number) {
			checkNumber(term, value);
			return new NumberBinder(term).compare(operator, number, value);
		}
		return new TermCondition.Comparison(term, operator, literal(given, term, value));
	}

	static Condition compare(Term left, Operator operator, Term right, int position) {
		Term a = Conversions.withTerm(left, right);
		Term b = Conversions.withTerm(right, left);
		check(left, operator, position, right.collated());
		check(right, operator, position, left.collated());
		if (a == null || b == null) {
			throw QueryException.unsupported(
					left.describe() + " and " + lower(right.describe()) + " are not compared in a live query: it is"
							+ " not known that their types and collations are compared exactly as in Postgres",
					position);
		}
		return new TermCondition.TermComparison(comparable(a, operator), operator, comparable(b, operator));
	}

	/**
	 * Binds a comparison with the elements of a list.
	 * @param given the term
	 * @param operator the comparison
	 * @param values the elements, {@code null} for SQL's null
	 * @param all whether it has to hold for all of them, not for one
	 * @param position where the term is
	 * @return the condition
	 */
	static Condition quantified(Term given, Operator operator, @Nullable List<Given> values, boolean all,
			int position) {
		check(given, operator, position, false);
		if (values == null || values.isEmpty()) {
			return new Condition.Constant((values != null) ? Truth.of(all) : Truth.UNKNOWN);
		}
		boolean lookup = operator == (all ? Operator.NOT_EQUAL : Operator.EQUAL);
		if (lookup) {
			Condition in = list(given, values, position);
			return all ? new Condition.Not(in) : in;
		}
		Term term = converted(given, operator, values, position);
		List<Literal> literals = values.stream()
			.filter((value) -> value.value() != null)
			.map((value) -> literal(given, term, value))
			.toList();
		if (literals.isEmpty()) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		Condition condition = extreme(term, operator, literals, all);
		if (literals.size() == values.size()) {
			return condition;
		}
		List<Condition> parts = List.of(condition, new Condition.Constant(Truth.UNKNOWN));
		return all ? new Condition.And(parts) : new Condition.Or(parts);
	}

	/**
	 * The one comparison that decides about all: with the least or the greatest.
	 */
	private static Condition extreme(Term term, Operator operator, List<Literal> literals, boolean all) {
		Comparator<Literal> order = (a, b) -> term.codec().compare(a.value(), b.value());
		Literal first = literals.get(0);
		if (!operator.orders()) {
			boolean one = literals.stream().allMatch((literal) -> order.compare(literal, first) == 0);
			return one ? new TermCondition.Comparison(term, operator, first)
					: new TermCondition.UnlessNull(term, operator == Operator.NOT_EQUAL);
		}
		boolean less = operator == Operator.LESS || operator == Operator.LESS_OR_EQUAL;
		Literal decisive = (less == all) ? Collections.min(literals, order) : Collections.max(literals, order);
		return new TermCondition.Comparison(term, operator, decisive);
	}

	/**
	 * Binds IN, whose list of one is a comparison.
	 */
	static Condition in(Term term, List<Given> values, int position) {
		return (values.size() == 1) ? compare(term, Operator.EQUAL, values.get(0), position)
				: list(term, values, position);
	}

	private static Condition list(Term given, List<Given> values, int position) {
		Term term = converted(given, Operator.EQUAL, values, position);
		List<Literal> literals = new ArrayList<>();
		boolean orNull = false;
		for (Given value : values) {
			if (value.value() == null) {
				orNull = true;
			}
			else if (value.type() == null && value.value() instanceof BigDecimal number) {
				checkNumber(term, value);
				new NumberBinder(term).listed(number, value).ifPresent(literals::add);
			}
			else {
				literals.add(literal(given, term, value));
			}
		}
		if (literals.isEmpty()) {
			return orNull ? new Condition.Constant(Truth.UNKNOWN) : new TermCondition.UnlessNull(term, false);
		}
		return new TermCondition.In(term,
				new LiteralList(ValueType.sqlType(term.type()), literals.get(0).codec(), literals), orNull);
	}

	/**
	 * Postgres brings a list to one type with what is looked for. Where that is another
	 * type than the term's, all values have to be cast to one.
	 */
	private static Term converted(Term term, Operator operator, List<Given> values, int position) {
		Term first = converted(term, operator, values.get(0), position);
		for (Given value : values) {
			boolean same = converted(term, operator, value, position).equals(first)
					&& (first.equals(comparable(term, operator)) || Objects.equals(names(value), names(values.get(0))));
			if (!same) {
				throw QueryException.unsupported("The values of a list are cast to one type, all of them or none",
						value.position());
			}
		}
		return first;
	}

	private static @Nullable String names(Given value) {
		return (value.type() != null) ? value.type().toString() : null;
	}

	private static Term converted(Term term, Operator operator, Given value, int position) {
		check(term, operator, position, false);
		TypeName type = value.type();
		Term converted = (type != null) ? Conversions.withValue(term, type) : term;
		if (converted == null) {
			throw QueryException.unsupported(term.describe() + " is not compared with a value of type " + type
					+ " in a live query; cast it to " + term.type().name(), value.position());
		}
		return comparable(converted, operator);
	}

	/**
	 * Labels of an enum are told apart as texts: one that is not known yet is equal to no
	 * other. So are values of the application's own types.
	 */
	private static Term comparable(Term term, Operator operator) {
		if (!term.codec().form().isEmpty()) {
			return new PrintedTerm(term);
		}
		boolean label = term.type().kind() == ColumnType.Kind.ENUM && !operator.orders();
		return label ? ConvertedTerm.text(term) : term;
	}

	/**
	 * Reads a value as the type that it is cast to, if it is, and converts it then.
	 */
	private static Literal literal(Term given, Term term, Given value) {
		TypeName type = value.type();
		boolean unknown = term.type().kind() == ColumnType.Kind.ENUM
				&& !term.type().labels().contains(String.valueOf(value.value()));
		if (unknown) {
			throw QueryException.unsupported(term.describe() + " is ordered by the labels of its type, which are "
					+ String.join(", ", term.type().labels()), value.position());
		}
		if (value.value() instanceof BigDecimal && (type == null || term instanceof PrintedTerm)) {
			checkNumber(term, value);
		}
		if (term instanceof PrintedTerm printed) {
			printed.check(value);
		}
		if (type == null) {
			return LiteralReader.read(term, value);
		}
		ValueType sort = type.names(given.type()) ? ValueType.TEXT : ValueType.of(type.builtIn());
		if (sort == ValueType.TEXT) {
			return LiteralReader.read(term, value);
		}
		ColumnType builtIn = type.builtIn();
		Literal read = LiteralReader.read(builtIn, Types.codec(builtIn, null), term.describe(), value);
		return (term.sort() == ValueType.INTEGER)
				? new NumberBinder(term).integer(BigDecimal.valueOf((Long) read.value())) : new Literal(
						ValueType.sqlType(term.type()), term.codec(), ConvertedTerm.convert(read.value(), term.sort()));
	}

	private static void check(Term term, Operator operator, int position, boolean collated) {
		Codec<Object> codec = term.codec();
		Collation collation = term.collation();
		if (!codec.comparable() && !collated) {
			throw QueryException.unsupported(term.describe() + incomparable(term), position);
		}
		if (operator.orders() && !codec.ordered() && !collated) {
			throw QueryException.unsupported(term.describe() + ((collation != null)
					? " is ordered by collation \"" + collation.name()
							+ "\", which can't be reproduced exactly; use = or <>, or write COLLATE \"C\" behind it"
					: " has no order in a live query; use =, <> or IN"), position);
		}
	}

	/**
	 * Why values of a term can't be told apart here.
	 * @param term the term
	 * @return what is said behind its description
	 */
	static String incomparable(Term term) {
		Collation collation = term.collation();
		if (collation != null && !collation.deterministic()) {
			return " has a nondeterministic collation; write COLLATE \"C\" behind it";
		}
		return term.type().name().equals("citext")
				? " is compared by the database's rules for upper and lower case, which can be reproduced exactly with"
						+ " LC_CTYPE C only; keep a column of type text in small letters, and compare that"
				: " can't be compared in a live query; only IS NULL is supported for it";
	}

	private static void checkNumber(Term term, Given value) {
		if (!term.sort().isNumber()) {
			throw QueryException.invalid(
					term.describe() + " can't be compared with a number; write the value as a string",
					value.position());
		}
	}

	private static String lower(String sentence) {
		return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
	}

}
