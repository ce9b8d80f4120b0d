package io.kalam.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.partition.LiveTable;

/**
 * Gives the names and values of a query their meaning: columns of a table, and canonical
 * values of their types.
 */
final class Binder {

	private static final String SEQUENCE = "_seq";

	private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

	private final LiveTable table;

	private final Syntax.Query query;

	private final Parameters parameters;

	private final ComparisonBinder comparisons;

	private final QueryLimits limits;

	Binder(LiveTable table, Syntax.Query query, Parameters parameters, QueryLimits limits) {
		this.table = table;
		this.query = query;
		this.parameters = parameters;
		this.limits = limits;
		this.comparisons = new ComparisonBinder(table.rowType());
	}

	LiveQuery bind() {
		Set<Column> columns = new LinkedHashSet<>();
		for (Syntax.Item item : this.query.items()) {
			select(item, columns);
		}
		RowPredicate predicate = new BoundPredicate(bind(this.query.where()));
		OrderingBinder order = new OrderingBinder(this.table.rowType(), this.query.order());
		Ordering ordering = order.ordering(this::column);
		columns.addAll(ordering.columns());
		return new LiveQuery(this.table, Projection.of(this.table.rowType(), List.copyOf(columns)), predicate, ordering,
				order.window(this.parameters, this.limits.windows()));
	}

	private void select(Syntax.Item item, Set<Column> columns) {
		if (item instanceof Syntax.All all) {
			checkQualifier(all.qualifier());
			columns.addAll(this.table.rowType().table().columns());
		}
		else if (item instanceof Syntax.Name name && !name.last().value().equals(SEQUENCE)) {
			columns.add(column(name));
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
		if (syntax instanceof Syntax.In in && in.operand() instanceof Syntax.Name name) {
			Column column = column(name);
			return this.comparisons.in(column, in.list().stream().map(this::value).toList(), name.position());
		}
		if (syntax instanceof Syntax.IsNull isNull && isNull.operand() instanceof Syntax.Name name) {
			return isNull(column(name), name.position());
		}
		if (syntax instanceof Syntax.Bare bare) {
			return (bare.operand() instanceof Syntax.Name name) ? isSet(column(name), name.position())
					: constant(value(bare.operand()));
		}
		if (syntax instanceof Syntax.Distinct distinct) {
			return new Condition.Not(notDistinct(distinct));
		}
		return bindSearch(syntax);
	}

	private Condition bindSearch(Syntax syntax) {
		if (syntax instanceof Syntax.Like like && like.operand() instanceof Syntax.Name name) {
			Given escape = (like.escape() != null) ? constant("A pattern", like.escape()) : null;
			return LikeBinder.bind(column(name), constant("A pattern", like.pattern()), escape, like.ignoreCase(),
					name.position());
		}
		if (syntax instanceof Syntax.EqualsAny any && any.operand() instanceof Syntax.Name name) {
			List<Given> values = this.parameters.array(any.array());
			if (values == null || values.isEmpty()) {
				column(name);
				return new Condition.Constant((values != null) ? Truth.FALSE : Truth.UNKNOWN);
			}
			return this.comparisons.in(column(name), values, name.position());
		}
		throw QueryException.unsupported("IN, LIKE, = ANY and IS NULL need a column on their left", leftOf(syntax));
	}

	private static int leftOf(Syntax syntax) {
		if (syntax instanceof Syntax.In in) {
			return in.operand().position();
		}
		if (syntax instanceof Syntax.Like like) {
			return like.operand().position();
		}
		if (syntax instanceof Syntax.EqualsAny any) {
			return any.operand().position();
		}
		return (syntax instanceof Syntax.IsNull isNull) ? isNull.operand().position() : 0;
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
		return (operand instanceof Syntax.Name name) ? isNull(column(name), name.position())
				: new Condition.Constant(Truth.of(value(operand).value() == null));
	}

	private Given constant(String what, Syntax.Operand operand) {
		if (operand instanceof Syntax.Name name) {
			throw QueryException.unsupported(what + " is a string or a parameter, not a column", name.position());
		}
		return value(operand);
	}

	private Condition compare(Syntax.Comparison comparison) {
		Operator operator = comparison.operator();
		if (!(comparison.left() instanceof Syntax.Name left)) {
			if (comparison.right() instanceof Syntax.Name right) {
				return this.comparisons.compare(column(right), operator.flipped(), value(comparison.left()),
						right.position());
			}
			throw QueryException.unsupported("A comparison needs a column on one of its sides",
					comparison.left().position());
		}
		if (comparison.right() instanceof Syntax.Name right) {
			return this.comparisons.compare(column(left), operator, column(right), left.position());
		}
		return this.comparisons.compare(column(left), operator, value(comparison.right()), left.position());
	}

	private static Condition isNull(Column column, int position) {
		if (column.type().underlying().kind() == ColumnType.Kind.COMPOSITE) {
			throw QueryException.unsupported(
					"IS NULL is not supported for columns of composite types, like \"" + column.name() + "\"",
					position);
		}
		return new Condition.IsNull(column);
	}

	private static Condition isSet(Column column, int position) {
		if (ValueType.of(column) != ValueType.BOOLEAN) {
			throw QueryException
				.invalid("Column \"" + column.name() + "\" is not of type bool; compare it with a value", position);
		}
		return new Condition.IsSet(column);
	}

	private static Condition constant(Given given) {
		if (given.value() == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		if (given.value() instanceof Boolean value) {
			return new Condition.Constant(Truth.of(value));
		}
		if (given.value() instanceof String) {
			throw QueryException.unsupported("A string alone is no condition; write TRUE or FALSE", given.position());
		}
		throw QueryException.invalid("A condition must be a boolean; compare the number with a column",
				given.position());
	}

	private Given value(Syntax.Operand operand) {
		if (operand instanceof Syntax.Name name) {
			throw QueryException.unsupported("Columns in a list are not supported; write OR", name.position());
		}
		return this.parameters.value(operand);
	}

	private Column column(Syntax.Name name) {
		checkQualifier(name.parts().subList(0, name.parts().size() - 1));
		SqlToken last = name.last();
		Column column = this.table.rowType().table().column(last.value());
		if (column == null && isRowOrSystemColumn(name)) {
			throw QueryException.unsupported(
					"Whole rows and Postgres's system columns are not supported; compare the table's columns",
					last.position());
		}
		if (column == null) {
			throw QueryException.invalid("Table " + this.table.name() + " has no column " + last.describe(),
					last.position());
		}
		return column;
	}

	private boolean isRowOrSystemColumn(Syntax.Name name) {
		String table = this.query.alias().isEmpty() ? this.table.name().name() : this.query.alias().get(0).value();
		return SYSTEM_COLUMNS.contains(name.last().value())
				|| (name.parts().size() == 1 && name.last().value().equals(table));
	}

	private void checkQualifier(List<SqlToken> qualifier) {
		List<String> parts = qualifier.stream().map(SqlToken::value).toList();
		boolean known = parts.isEmpty() || (this.query.alias().isEmpty() ? isTable(parts)
				: parts.equals(List.of(this.query.alias().get(0).value())));
		if (!known) {
			throw QueryException.invalid("The query does not read from " + qualifier.get(0).describe(),
					qualifier.get(0).position());
		}
	}

	private boolean isTable(List<String> qualifier) {
		String name = this.table.name().name();
		return qualifier.equals(List.of(name)) || qualifier.equals(List.of(this.table.name().schema(), name));
	}

}
