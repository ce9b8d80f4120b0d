package io.kalam.query;

import java.util.List;

import io.kalam.change.Row;

/**
 * A condition whose names and values are known. Equal conditions are true, false and
 * unknown for the same rows.
 */
sealed interface Condition permits Condition.Constant, Condition.Is, Condition.Not, Condition.And, Condition.Or,
		TermCondition, ArrayCondition {

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
