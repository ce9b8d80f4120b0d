package io.kalam.query;

import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.change.Row;

/**
 * A condition whose names and values are known. Equal conditions are true, false and
 * unknown for the same rows.
 */
sealed interface Condition {

	/**
	 * Whether it holds for a row.
	 * @param row the row
	 * @return what Postgres would say
	 */
	Truth evaluate(Row row);

	/**
	 * Writes it for Postgres, in parentheses where need be.
	 * @param out where to write to
	 */
	void write(SqlWriter out);

	/**
	 * A condition that is the same for every row.
	 *
	 * @param truth its value
	 */
	record Constant(Truth truth) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			return this.truth;
		}

		@Override
		public void write(SqlWriter out) {
			out.text((this.truth == Truth.UNKNOWN) ? "NULL::\"pg_catalog\".\"bool\"" : this.truth.name());
		}

	}

	/**
	 * A column compared with a value.
	 *
	 * @param column the column
	 * @param operator how they are compared
	 * @param literal the value
	 */
	record Comparison(Column column, Operator operator, Literal literal) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Object value = row.get(this.column.index());
			return (value != null) ? Truth.of(this.operator.holds(this.literal.compare(value))) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.column).text(" " + this.operator.symbol() + " ").literal(this.literal).text(")");
		}

	}

	/**
	 * A column compared with another one of the same kind.
	 *
	 * @param left a column
	 * @param operator how they are compared
	 * @param right another one
	 */
	record ColumnComparison(Column left, Operator operator, Column right) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Object a = row.get(this.left.index());
			Object b = row.get(this.right.index());
			if (a == null || b == null) {
				return Truth.UNKNOWN;
			}
			return Truth.of(this.operator.holds(row.type().codec(this.left).compare(a, b)));
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.left).text(" " + this.operator.symbol() + " ").column(this.right).text(")");
		}

	}

	/**
	 * A column looked for in a list.
	 *
	 * @param column the column
	 * @param list the values, at least one
	 * @param orNull whether the list holds a null too
	 */
	record In(Column column, LiteralList list, boolean orNull) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Object value = row.get(this.column.index());
			if (value == null) {
				return Truth.UNKNOWN;
			}
			return this.list.contains(value) ? Truth.TRUE : (this.orNull ? Truth.UNKNOWN : Truth.FALSE);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.column).text(" = ANY (").list(this.list, this.orNull).text("))");
		}

	}

	/**
	 * A column whose text matches a pattern.
	 *
	 * @param column the column
	 * @param pattern the pattern
	 */
	record Like(Column column, LikePattern pattern) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Object value = row.get(this.column.index());
			return (value != null) ? Truth.of(this.pattern.matches((String) value)) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.column).text(" " + this.pattern.operator() + " ");
			out.pattern(this.pattern).text(")");
		}

	}

	/**
	 * The same for every value of a column and unknown for none: a comparison with a
	 * value that the column's type can't hold.
	 *
	 * @param column the column
	 * @param truth what it is for every value
	 */
	record UnlessNull(Column column, boolean truth) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			return (row.get(this.column.index()) != null) ? Truth.of(this.truth) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.column);
			out.text(this.truth ? " IS NOT NULL OR " : " IS NULL AND ");
			new Constant(Truth.UNKNOWN).write(out);
			out.text(")");
		}

	}

	/**
	 * A boolean column.
	 *
	 * @param column the column
	 */
	record IsSet(Column column) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Object value = row.get(this.column.index());
			return (value != null) ? Truth.of((Boolean) value) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.column(this.column);
		}

	}

	/**
	 * Whether a column is null.
	 *
	 * @param column the column
	 */
	record IsNull(Column column) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			return Truth.of(row.get(this.column.index()) == null);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").column(this.column).text(" IS NULL)");
		}

	}

	/**
	 * Whether a condition is true, false or unknown.
	 *
	 * @param condition the condition
	 * @param truth what it may be
	 */
	record Is(Condition condition, Truth truth) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			return Truth.of(this.condition.evaluate(row) == this.truth);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(");
			this.condition.write(out);
			out.text(" IS " + this.truth.name() + ")");
		}

	}

	/**
	 * The opposite of a condition; unknown if that is unknown.
	 *
	 * @param condition the condition
	 */
	record Not(Condition condition) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			return this.condition.evaluate(row).not();
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(NOT ");
			this.condition.write(out);
			out.text(")");
		}

	}

	/**
	 * All of some conditions.
	 *
	 * @param conditions two or more conditions
	 */
	record And(List<Condition> conditions) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Truth result = Truth.TRUE;
			for (int i = 0; i < this.conditions.size() && result != Truth.FALSE; i++) {
				Truth truth = this.conditions.get(i).evaluate(row);
				result = (truth.compareTo(result) < 0) ? truth : result;
			}
			return result;
		}

		@Override
		public void write(SqlWriter out) {
			out.joined(this.conditions, " AND ");
		}

	}

	/**
	 * Any of some conditions.
	 *
	 * @param conditions two or more conditions
	 */
	record Or(List<Condition> conditions) implements Condition {

		@Override
		public Truth evaluate(Row row) {
			Truth result = Truth.FALSE;
			for (int i = 0; i < this.conditions.size() && result != Truth.TRUE; i++) {
				Truth truth = this.conditions.get(i).evaluate(row);
				result = (truth.compareTo(result) > 0) ? truth : result;
			}
			return result;
		}

		@Override
		public void write(SqlWriter out) {
			out.joined(this.conditions, " OR ");
		}

	}

}
