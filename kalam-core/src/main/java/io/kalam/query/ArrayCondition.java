package io.kalam.query;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.kalam.change.Row;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the elements of arrays, of all their dimensions.
 */
sealed interface ArrayCondition extends Condition {

	private static boolean contains(@Nullable Object[] array, Object value, Codec<Object> codec) {
		return Arrays.stream(array)
			.anyMatch((element) -> (element instanceof Object[] nested) ? contains(nested, value, codec)
					: element != null && codec.compare(element, value) == 0);
	}

	/**
	 * Whether an array contains all of a list, and so no null.
	 *
	 * @param array the array
	 * @param list the list
	 * @param orNull whether the list holds a null too
	 */
	record Contains(Term array, LiteralList list, boolean orNull) implements ArrayCondition {

		@Override
		public Truth evaluate(Row row) {
			Object[] value = (Object[]) this.array.value(row);
			if (value == null) {
				return Truth.UNKNOWN;
			}
			boolean all = !this.orNull;
			for (int i = 0; all && i < this.list.values().length; i++) {
				all = contains(value, this.list.values()[i], this.list.codec());
			}
			return Truth.of(all);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.array).text(" @> ").list(this.list, this.orNull).text(")");
		}

	}

	/**
	 * Whether a list contains all of an array, and so no null.
	 *
	 * @param array the array
	 * @param list the list
	 */
	record ContainedBy(Term array, LiteralList list) implements ArrayCondition {

		@Override
		public Truth evaluate(Row row) {
			Object[] value = (Object[]) this.array.value(row);
			return (value != null) ? Truth.of(isIn(value, this.list)) : Truth.UNKNOWN;
		}

		private static boolean isIn(@Nullable Object[] array, LiteralList list) {
			for (Object element : array) {
				boolean found = (element instanceof Object[] nested) ? isIn(nested, list)
						: element != null && list.contains(element);
				if (!found) {
					return false;
				}
			}
			return true;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.array).text(" <@ ").list(this.list, false).text(")");
		}

	}

	/**
	 * Whether an array has an element in common with a list, other than null.
	 *
	 * @param array the array
	 * @param list the list
	 */
	record Overlaps(Term array, LiteralList list) implements ArrayCondition {

		@Override
		public Truth evaluate(Row row) {
			Object[] value = (Object[]) this.array.value(row);
			return (value != null) ? Truth.of(overlaps(value, this.list)) : Truth.UNKNOWN;
		}

		private static boolean overlaps(@Nullable Object[] array, LiteralList list) {
			for (Object element : array) {
				boolean found = (element instanceof Object[] nested) ? overlaps(nested, list)
						: element != null && list.contains(element);
				if (found) {
					return true;
				}
			}
			return false;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.array).text(" && ").list(this.list, false).text(")");
		}

	}

	/**
	 * Whether an array contains another one, or has an element in common with it.
	 *
	 * @param left an array
	 * @param right another one with elements of the same type
	 * @param all whether it has to contain all of the other
	 */
	record TwoArrays(Term left, Term right, boolean all) implements ArrayCondition {

		@Override
		public Truth evaluate(Row row) {
			Object[] left = (Object[]) this.left.value(row);
			Object[] right = (Object[]) this.right.value(row);
			if (left == null || right == null) {
				return Truth.UNKNOWN;
			}
			Codec<Object> codec = Types.element(this.left);
			List<@Nullable Object> elements = new ArrayList<>();
			Types.flatten(right, elements::add);
			boolean holds = this.all;
			for (int i = 0; holds == this.all && i < elements.size(); i++) {
				Object element = elements.get(i);
				holds = element != null && contains(left, element, codec);
			}
			return Truth.of(holds);
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").term(this.left).text(this.all ? " @> " : " && ").term(this.right).text(")");
		}

	}

	/**
	 * A value compared with the elements of an array; ANY takes the greatest of the
	 * outcomes, ALL the least.
	 *
	 * @param literal the value
	 * @param operator the comparison
	 * @param array the array
	 * @param all whether it is ALL
	 */
	record Quantified(Literal literal, Operator operator, Term array, boolean all) implements ArrayCondition {

		@Override
		public Truth evaluate(Row row) {
			Object[] value = (Object[]) this.array.value(row);
			return (value != null) ? evaluate(value) : Truth.UNKNOWN;
		}

		private Truth evaluate(@Nullable Object[] array) {
			Truth result = Truth.of(this.all);
			for (Object element : array) {
				Truth truth = (element instanceof Object[] nested) ? evaluate(nested) : compare(element);
				boolean decisive = this.all ? truth.compareTo(result) < 0 : truth.compareTo(result) > 0;
				result = decisive ? truth : result;
			}
			return result;
		}

		private Truth compare(@Nullable Object element) {
			return (element != null) ? Truth.of(this.operator.flipped().holds(this.literal.compare(element)))
					: Truth.UNKNOWN;
		}

		@Override
		public void write(SqlWriter out) {
			out.text("(").literal(this.literal).text(" " + this.operator.symbol() + (this.all ? " ALL (" : " ANY ("));
			out.term(this.array).text("))");
		}

	}

}
