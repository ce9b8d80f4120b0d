package io.kalam.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import io.kalam.catalog.Column;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * Gives ORDER BY and LIMIT their meaning, and refuses orders that are not known here.
 */
final class OrderingBinder {

	private final RowType type;

	private final OrderSyntax syntax;

	OrderingBinder(RowType type, OrderSyntax syntax) {
		this.type = type;
		this.syntax = syntax;
	}

	/**
	 * The order of the rows.
	 * @param columns finds a column by its name
	 * @return the order: what was asked for, then the key
	 */
	Ordering ordering(Function<Syntax.Name, Column> columns) {
		if (this.syntax.items().isEmpty() && this.syntax.limit() == null) {
			return Ordering.NONE;
		}
		List<OrderTerm> terms = new ArrayList<>();
		for (OrderSyntax.Item item : this.syntax.items()) {
			Column column = columns.apply(item.name());
			if (!this.type.codec(column).ordered()) {
				throw hasNoOrder(column, item.name().position());
			}
			add(new OrderTerm(column, item.descending(), item.nullsFirst(), false), terms);
		}
		for (Column column : this.type.table().key()) {
			OrderTerm term = OrderTerm.key(column, this.type);
			if (!term.codec(this.type).ordered()) {
				throw QueryException.unsupported("ORDER BY and LIMIT need a table whose key has an order here; that of "
						+ this.type.name() + " has none: column \"" + column.name() + "\" is of type "
						+ column.type().name() + "; leave them away and sort in the client", position());
			}
			add(term, terms);
		}
		return Ordering.of(this.type, terms);
	}

	private static void add(OrderTerm term, List<OrderTerm> terms) {
		if (terms.stream().noneMatch((earlier) -> earlier.column().equals(term.column()))) {
			terms.add(term);
		}
	}

	private int position() {
		return this.syntax.items().isEmpty() ? ((this.syntax.limit() != null) ? this.syntax.limit().position() : 0)
				: this.syntax.items().get(0).name().position();
	}

	private static QueryException hasNoOrder(Column column, int position) {
		String what = "Column \"" + column.name() + "\" of type " + column.type().name();
		return QueryException.unsupported(what + ((column.collation() != null)
				? " is ordered by collation \"" + column.collation().name()
						+ "\", which can't be reproduced exactly; give the column COLLATE \"C\", or leave ORDER BY "
						+ "away and sort in the client"
				: " has no order in a live query; leave ORDER BY away and sort in the client"), position);
	}

	/**
	 * How many rows are shown.
	 * @param parameters the values of the query
	 * @param limits what LIMIT may be
	 * @return the window, or {@code null} if all rows are shown
	 */
	@Nullable Window window(Parameters parameters, WindowLimits limits) {
		SqlToken limit = this.syntax.limit();
		if (limit == null) {
			return null;
		}
		Given given = parameters.value(new Syntax.Value(limit, false));
		if (!(given.value() instanceof BigDecimal number) || !isBetween(number, 1, limits.maxRows())) {
			throw QueryException.unsupported("LIMIT takes a whole number from 1 to " + limits.maxRows(),
					limit.position());
		}
		return new Window(number.intValueExact(), limits);
	}

	private static boolean isBetween(BigDecimal number, int least, int most) {
		return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0
				&& number.stripTrailingZeros().scale() <= 0;
	}

}
