package io.kalam.query;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

import io.kalam.catalog.ColumnType;
import io.kalam.codec.Codec;
import org.jspecify.annotations.Nullable;

/**
 * Binds conditions on the elements of arrays, and refuses those of which it is not known
 * here when two elements are equal.
 */
final class ArrayBinder {

	private ArrayBinder() {
	}

	/**
	 * Binds a comparison as sets of an array with a list.
	 * @param array the array
	 * @param operator {@code @>}, {@code <@} or {@code &&}
	 * @param values the list, {@code null} for SQL's null
	 * @param position where the array is
	 * @return the condition
	 */
	static Condition compare(Term array, String operator, @Nullable List<Given> values, int position) {
		ColumnType element = check(array, false, position);
		if (values == null) {
			return new Condition.Constant(Truth.UNKNOWN);
		}
		Codec<Object> codec = Types.element(array);
		List<Literal> literals = values.stream()
			.filter((value) -> value.value() != null)
			.map((value) -> literal(array, element, codec, value))
			.toList();
		LiteralList list = new LiteralList(sqlType(element), codec, literals);
		Term text = comparable(array, element);
		return switch (operator) {
			case "@>" -> new ArrayCondition.Contains(text, list, literals.size() < values.size());
			case "<@" -> new ArrayCondition.ContainedBy(text, list);
			default -> new ArrayCondition.Overlaps(text, list);
		};
	}

	/**
	 * Binds a comparison as sets of two arrays.
	 * @param left an array
	 * @param operator {@code @>}, {@code <@} or {@code &&}
	 * @param right another one
	 * @param position where the first is
	 * @return the condition
	 */
	static Condition compare(Term left, String operator, Term right, int position) {
		check(left, false, position);
		check(right, false, position);
		boolean same = sqlType(left.type()).equals(sqlType(right.type()))
				&& Objects.equals(left.collation(), right.collation());
		if (!same) {
			throw QueryException.unsupported("Arrays are compared with arrays of the same type and collation",
					position);
		}
		return operator.equals("<@") ? new ArrayCondition.TwoArrays(right, left, true)
				: new ArrayCondition.TwoArrays(left, right, operator.equals("@>"));
	}

	/**
	 * Binds a comparison of a value with the elements of an array.
	 * @param value the value
	 * @param operator the comparison
	 * @param array the array
	 * @param all whether it has to hold for all of them, not for one
	 * @param position where the array is
	 * @return the condition
	 */
	static Condition quantified(Given value, Operator operator, Term array, boolean all, int position) {
		ColumnType element = check(array, operator.orders(), position);
		Term elements = comparable(array, element);
		if (value.value() == null) {
			throw QueryException.unsupported("NULL is compared with no element; write IS NULL", value.position());
		}
		return new ArrayCondition.Quantified(literal(array, element, Types.element(array), value), operator, elements,
				all);
	}

	private static Literal literal(Term array, ColumnType element, Codec<Object> codec, Given value) {
		TypeName type = value.type();
		if (type != null && !type.names(element)) {
			throw QueryException
				.unsupported("An element of " + describe(array) + " is not compared with a value of type " + type
						+ " in a live query; cast it to " + element.name(), value.position());
		}
		ColumnType read = (element.kind() == ColumnType.Kind.ENUM) ? Types.TEXT : element;
		boolean real = ValueType.of(element) == ValueType.FLOAT4 && !value.parameter() && type == null;
		if (value.value() instanceof BigDecimal number && (real || !ValueType.of(element).isNumber())) {
			throw QueryException.unsupported(
					"Write " + SqlToken.shortened(number.toPlainString())
							+ " as a string: it is read as the type of the elements of " + describe(array) + " then",
					value.position());
		}
		return LiteralReader.read(read, codec, "An element of " + describe(array), value);
	}

	private static ColumnType check(Term array, boolean ordered, int position) {
		ColumnType element = array.type().base();
		if (!array.codec().form().isEmpty()) {
			throw QueryException.unsupported(array.describe() + ComparisonBinder.incomparable(array), position);
		}
		if (array.type().kind() != ColumnType.Kind.ARRAY || element == null) {
			throw QueryException.unsupported(
					array.describe()
							+ " is no array; @>, <@, && and what stands in ANY and ALL are for arrays in a live query",
					position);
		}
		Codec<Object> codec = Types.element(array);
		boolean label = element.underlying().kind() == ColumnType.Kind.ENUM;
		boolean foreign = !label && !element.schema().equals(TypeName.CATALOG);
		if (!codec.comparable() || foreign || (ordered && (label || !codec.ordered()))) {
			throw QueryException.unsupported("The elements of " + describe(array)
					+ (ordered ? " have no order in a live query; use = or <>" : " can't be compared in a live query"),
					position);
		}
		return element;
	}

	private static Term comparable(Term array, ColumnType element) {
		return (element.kind() == ColumnType.Kind.ENUM) ? ConvertedTerm.texts(array) : array;
	}

	private static String sqlType(ColumnType type) {
		return (type.kind() == ColumnType.Kind.ENUM) ? SqlWriter.TEXT : ValueType.sqlType(type);
	}

	private static String describe(Term array) {
		return Character.toLowerCase(array.describe().charAt(0)) + array.describe().substring(1);
	}

}
