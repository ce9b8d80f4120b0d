package io.kalam.query;

import io.kalam.change.Row;
import io.kalam.codec.Codec;

/**
 * A condition on what is found in a row, and not on other conditions.
 */
sealed interface TermCondition extends Condition {

	/**
	 * A term compared with a value.
	 *
	 * @param term the term
	 * @param operator how they are compared
	 * @param literal the value
	 */
	record Comparison(Term term, Operator operator, Literal literal) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			Object value = this.term.value(row);
			return (value != null) ? Truth.of(this.operator.holds(this.literal.compare(value))) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.term).operator(this.operator, this.term).literal(this.literal).text(")");
		}

	}

	/**
	 * A term compared with another one of the same type.
	 *
	 * @param left a term
	 * @param operator how they are compared
	 * @param right another one
	 */
	record TermComparison(Term left, Operator operator, Term right) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			Object a = this.left.value(row);
			Object b = this.right.value(row);
			return (a != null && b != null) ? Truth.of(this.operator.holds(codec().compare(a, b))) : Truth.UNKNOWN;
		}

		private Codec<Object> codec() {
			return this.right.collated() ? this.right.codec() : this.left.codec();
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.left).operator(this.operator, this.left).term(this.right).text(")");
		}

	}

	/**
	 * A term looked for in a list.
	 *
	 * @param term the term
	 * @param list the values, at least one
	 * @param orNull whether the list holds a null too
	 */
	record In(Term term, LiteralList list, boolean orNull) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			Object value = this.term.value(row);
			if (value == null) {
				return Truth.UNKNOWN;
			}
			return this.list.contains(value) ? Truth.TRUE : (this.orNull ? Truth.UNKNOWN : Truth.FALSE);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.term).operator(Operator.EQUAL, this.term).text("ANY (");
			out.list(this.list, this.orNull).text("))");
		}

	}

	/**
	 * A term whose text matches a pattern.
	 *
	 * @param term the term
	 * @param pattern the pattern
	 */
	record Like(Term term, LikePattern pattern) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			Object value = this.term.value(row);
			return (value != null) ? Truth.of(this.pattern.matches((String) value)) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.term).text(" " + this.pattern.operator() + " ");
			out.pattern(this.pattern).text(")");
		}

	}

	/**
	 * The same for every value of a term and unknown for none: a comparison with a value
	 * that the term's type can't hold.
	 *
	 * @param term the term
	 * @param truth what it is for every value
	 */
	record UnlessNull(Term term, boolean truth) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			return (this.term.value(row) != null) ? Truth.of(this.truth) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.term);
			out.text(this.truth ? " IS NOT NULL OR " : " IS NULL AND ");
			new Condition.Constant(Truth.UNKNOWN).write(out);
			out.text(")");
		}

	}

	/**
	 * A boolean term.
	 *
	 * @param term the term
	 */
	record IsSet(Term term) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			Object value = this.term.value(row);
			return (value != null) ? Truth.of((Boolean) value) : Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.term(this.term);
		}

	}

	/**
	 * Whether a term is null.
	 *
	 * @param term the term
	 */
	record IsNull(Term term) implements TermCondition {

		@Override
		public Truth evaluate(Row row) {
			return Truth.of(this.term.value(row) == null);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.term).text(" IS NULL)");
		}

	}

}
