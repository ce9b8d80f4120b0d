package io.kalam.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * Gives the names and values of a query their meaning: terms of a table, and canonical
 * values of their types.
 */
final class Binder {

	private static final String SEQUENCE = "_seq";

	private final LiveTable table;

	private final Syntax.Query query;

	private final Parameters parameters;

	private final TermBinder terms;

	private final QueryLimits limits;

	Binder(LiveTable table, Syntax.Query query, Parameters parameters, QueryLimits limits) {
		this.table = table;
		this.query = query;
		this.parameters = parameters;
		this.terms = new TermBinder(table, query, parameters);
		this.limits = limits;
	}

	LiveQuery bind() {
		Set<Column> columns = new LinkedHashSet<>();
		for (Syntax.Item item : this.query.items()) {
			select(item, columns);
		}
		RowPredicate predicate = predicate();
		OrderingBinder order = new OrderingBinder(this.table.rowType(), this.query.order());
		Ordering ordering = order.ordering(this.terms::column);
		columns.addAll(ordering.columns());
		return new LiveQuery(this.table, Projection.of(this.table.rowType(), List.copyOf(columns)), predicate, ordering,
				order.window(this.parameters, this.limits.windows()));
	}

	RowPredicate predicate() {
		return new BoundPredicate(bind(this.query.where()));
	}

	private void select(Syntax.Item item, Set<Column> columns) {
		if (item instanceof Syntax.All all) {
			this.terms.checkQualifier(all.qualifier());
			columns.addAll(this.table.rowType().table().columns());
		}
		else if (item instanceof Syntax.Name name && !name.last().value().equals(SEQUENCE)) {
			columns.add(this.terms.column(name));
		}
	}

	private Condition bind(Syntax syntax) {
		if (syntax instanceof Syntax.And and) {
			return new Condition.And(bindAll(and.conditions()));
		}
		if (syntax instanceof Syntax.Or or) {
			return new Condition.Or(bindAll(or.conditions()));
		}
		if (syntax instanceof Syntax.Not not) {
			return new Condition.Not(bind(not.condition()));
		}
		if (syntax instanceof Syntax.Is is) {
			return new Condition.Is(bind(is.condition()), is.truth());
		}
		if (syntax instanceof Syntax.TruthValue value) {
			return new Condition.Constant(value.truth());
		}
		return bindTerm(syntax);
	}

	private List<Condition> bindAll(List<Syntax> conditions) {
		return conditions.stream().map(this::bind).toList();
	}

	private Condition bindTerm(Syntax syntax) {
		if (syntax instanceof Syntax.Comparison comparison) {
			return compare(comparison);
		}
		if (syntax instanceof Syntax.IsNull isNull) {
			return isNull(tested(isNull.operand()), isNull.operand().position());
		}
		if (syntax instanceof Syntax.Bare bare) {
			Term term = this.terms.find(bare.operand());
			return (term != null) ? isSet(term, bare.operand().position()) : constant(value(bare.operand()));
		}
		if (syntax instanceof Syntax.Distinct distinct) {
			return new Condition.Not(notDistinct(distinct));
		}
		return bindSearch(syntax);
	}

	private Condition bindSearch(Syntax syntax) {
		if (syntax instanceof Syntax.In in) {
			List<Given> values = in.list().stream().map(this::value).toList();
			return ComparisonBinder.in(tested(in.operand()), values, in.operand().position());
		}
		if (syntax instanceof Syntax.Like like) {
			Given escape = (like.escape() != null) ? constant("A pattern", like.escape()) : null;
			return LikeBinder.bind(tested(like.operand()), constant("A pattern", like.pattern()), escape,
					like.ignoreCase(), like.operand().position());
		}
		if (syntax instanceof Syntax.Quantified quantified) {
			return quantified(quantified);
		}
		if (syntax instanceof Syntax.ArrayTest test) {
			return arrays(test);
		}
		throw new IllegalStateException("Not a condition: " + syntax.getClass());
	}

	private Term tested(Syntax.Operand operand) {
		Term term = this.terms.find(operand);
		if (term == null) {
			throw QueryException.unsupported("IN, LIKE, ANY, ALL and IS NULL need a column on their left",
					operand.position());
		}
		return term;
	}

	private Condition quantified(Syntax.Quantified quantified) {
		Term array = this.terms.find(quantified.array());
		int position = quantified.operand().position();
		if (array != null) {
			if (this.terms.find(quantified.operand()) != null) {
				throw QueryException
					.unsupported("A column is compared with the elements of a parameter, and a value with"
							+ " those of a column", position);
			}
			return ArrayBinder.quantified(value(quantified.operand()), quantified.operator(), array, quantified.all(),
					quantified.array().position());
		}
		Term term = tested(quantified.operand());
		List<Given> values = this.parameters.array(quantified.array());
		return ComparisonBinder.quantified(term, quantified.operator(), values, quantified.all(), position);
	}

	private Condition arrays(Syntax.ArrayTest test) {
		Term left = this.terms.find(test.left());
		Term right = this.terms.find(test.right());
		int position = test.left().position();
		if (left != null && right != null) {
			return ArrayBinder.compare(left, test.operator(), right, position);
		}
		if (left != null) {
			return ArrayBinder.compare(left, test.operator(), this.parameters.array(test.right()), position);
		}
		if (right == null) {
			throw QueryException.unsupported("A comparison needs a column on one of its sides", position);
		}
		String flipped = switch (test.operator()) {
			case "@>" -> "<@";
			case "<@" -> "@>";
			default -> test.operator();
		};
		return ArrayBinder.compare(right, flipped, this.parameters.array(test.left()), test.right().position());
	}

	/**
	 * Two nulls are not distinct, a null and a value are.
	 */
	private Condition notDistinct(Syntax.Distinct distinct) {
		Syntax.Comparison equality = new Syntax.Comparison(distinct.left(), Operator.EQUAL, distinct.right());
		Condition equal = new Condition.Is(compare(equality), Truth.TRUE);
		List<Condition> nulls = Stream.of(distinct.left(), distinct.right())
			.map(this::isNull)
			.filter((condition) -> !condition.equals(new Condition.Constant(Truth.FALSE)))
			.toList();
		return (nulls.size() == 2) ? new Condition.Or(List.of(equal, new Condition.And(nulls))) : equal;
	}

	private Condition isNull(Syntax.Operand operand) {
		Term term = this.terms.find(operand);
		return (term != null) ? isNull(term, operand.position())
				: new Condition.Constant(Truth.of(value(operand).value() == null));
	}

	private Given constant(String what, Syntax.Operand operand) {
		if (this.terms.find(operand) != null) {
			throw QueryException.unsupported(what + " is a string or a parameter, not a column", operand.position());
		}
		return this.parameters.value(operand);
	}

	private Condition compare(Syntax.Comparison comparison) {
		Operator operator = comparison.operator();
		Term left = this.terms.find(comparison.left());
		Term right = this.terms.find(comparison.right());
		int position = comparison.left().position();
		if (left != null) {
			return (right != null) ? ComparisonBinder.compare(left, operator, right, position)
					: ComparisonBinder.compare(left, operator, value(comparison.right()), position);
		}
		if (right == null) {
			throw QueryException.unsupported("A comparison needs a column on one of its sides", position);
		}
		return ComparisonBinder.compare(right, operator.flipped(), value(comparison.left()),
				comparison.right().position());
	}

	private static Condition isNull(Term term, int position) {
		if (term.type().kind() == ColumnType.Kind.COMPOSITE) {
			throw QueryException.unsupported("IS NULL is not supported for composite types: " + term.describe(),
					position);
		}
		return new TermCondition.IsNull(term);
	}

	private static Condition isSet(Term term, int position) {
		if (term.sort() != ValueType.BOOLEAN) {
			throw QueryException.invalid(term.describe() + " is not of type bool; compare it with a value", position);
		}
		return new TermCondition.IsSet(term);
	}

	private static Condition constant(Given given) {
		@Nullable Object value = given.value();
		if (given.type() != null) {
			throw QueryException.unsupported("A value alone is no condition; write TRUE or FALSE", given.position());
		}
		if (value == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		if (value instanceof Boolean truth) {
			return new Condition.Constant(Truth.of(truth));
		}
		if (value instanceof String) {
			throw QueryException.unsupported("A string alone is no condition; write TRUE or FALSE", given.position());
		}
		throw QueryException.invalid("A condition must be a boolean; compare the number with a column",
				given.position());
	}

	private Given value(Syntax.Operand operand) {
		if (this.terms.find(operand) != null) {
			throw QueryException.unsupported("Columns in a list are not supported; write OR", operand.position());
		}
		return this.parameters.value(operand);
	}

}
