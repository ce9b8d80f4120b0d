package io.kalam.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a query says, before it is known what its names mean. Names and values are tokens.
 */
sealed interface Syntax {

	/**
	 * A query.
	 *
	 * @param items what is selected
	 * @param table the table's name, with its schema or without
	 * @param alias the table's alias, empty if it has none
	 * @param where the condition
	 * @param order what stands behind it
	 * @param options what stands behind OPTIONS
	 */
	record Query(List<Item> items, Name table, List<SqlToken> alias, Syntax where, OrderSyntax order,
			SubscribeOptions options) {

	}

	/**
	 * Something that can be compared.
	 */
	sealed interface Operand {

		/**
		 * Where it is.
		 * @return the place of its first character
		 */
		int position();

	}

	/**
	 * Something that can be selected.
	 */
	sealed interface Item {

	}

	/**
	 * All columns.
	 *
	 * @param qualifier the table's name or alias, empty if there is none
	 */
	record All(List<SqlToken> qualifier) implements Item {

	}

	/**
	 * A name.
	 *
	 * @param parts its parts, one at least
	 */
	record Name(List<SqlToken> parts) implements Operand, Item {

		@Override
		public int position() {
			return this.parts.get(0).position();
		}

		SqlToken last() {
			return this.parts.get(this.parts.size() - 1);
		}

	}

	/**
	 * A string, a number without its sign, or a parameter.
	 *
	 * @param token the token
	 * @param negative whether the number has an odd number of minus signs
	 */
	record Value(SqlToken token, boolean negative) implements Operand {

		@Override
		public int position() {
			return this.token.position();
		}

	}

	/**
	 * TRUE, FALSE or NULL.
	 *
	 * @param truth its value
	 * @param position where it is, 0 if it is not in the text
	 */
	record TruthValue(Truth truth, int position) implements Syntax, Operand {

	}

	/**
	 * Something alone that has to be a boolean.
	 *
	 * @param operand a column or a parameter
	 */
	record Bare(Operand operand) implements Syntax {

	}

	/**
	 * A comparison.
	 *
	 * @param left the left side
	 * @param operator how they are compared
	 * @param right the right side
	 */
	record Comparison(Operand left, Operator operator, Operand right) implements Syntax {

	}

	/**
	 * IN.
	 *
	 * @param operand what is looked for
	 * @param list where it is looked for
	 */
	record In(Operand operand, List<Operand> list) implements Syntax {

	}

	/**
	 * LIKE or ILIKE.
	 *
	 * @param operand what is matched
	 * @param pattern the pattern
	 * @param escape what stands behind ESCAPE, {@code null} if there is none
	 * @param ignoreCase whether it is ILIKE
	 */
	record Like(Operand operand, Operand pattern, @Nullable Operand escape, boolean ignoreCase) implements Syntax {

	}

	/**
	 * IS DISTINCT FROM.
	 *
	 * @param left the left side
	 * @param right the right side
	 */
	record Distinct(Operand left, Operand right) implements Syntax {

	}

	/**
	 * A comparison with the elements of an array.
	 *
	 * @param operand what is compared
	 * @param operator how it is compared
	 * @param array what with
	 * @param all whether it has to hold for ALL of them, not ANY
	 */
	record Quantified(Operand operand, Operator operator, Operand array, boolean all) implements Syntax {

	}

	/**
	 * A comparison of arrays as sets.
	 *
	 * @param left the left side
	 * @param operator the operator
	 * @param right the right side
	 */
	record ArrayTest(Operand left, String operator, Operand right) implements Syntax {

	}

	/**
	 * A value with the name of its type.
	 *
	 * @param operand the value
	 * @param type the type
	 */
	record Cast(Operand operand, TypeName type) implements Operand {

		@Override
		public int position() {
			return this.operand.position();
		}

	}

	/**
	 * What a path leads to in JSON.
	 *
	 * @param operand the JSON
	 * @param key a key or an index
	 * @param asText whether it is {@code ->>}
	 */
	record Json(Operand operand, Operand key, boolean asText) implements Operand {

		@Override
		public int position() {
			return this.operand.position();
		}

	}

	/**
	 * Something with {@code COLLATE "C"}.
	 *
	 * @param operand what is collated
	 */
	record Collate(Operand operand) implements Operand {

		@Override
		public int position() {
			return this.operand.position();
		}

	}

	/**
	 * CURRENT_USER.
	 *
	 * @param position where it is
	 */
	record CurrentUser(int position) implements Operand {

	}

	/**
	 * IS NULL.
	 *
	 * @param operand what may be null
	 */
	record IsNull(Operand operand) implements Syntax {

	}

	/**
	 * IS TRUE, IS FALSE, IS UNKNOWN.
	 *
	 * @param condition the condition
	 * @param truth what it may be
	 */
	record Is(Syntax condition, Truth truth) implements Syntax {

	}

	/**
	 * NOT.
	 *
	 * @param condition the condition
	 */
	record Not(Syntax condition) implements Syntax {

	}

	/**
	 * AND.
	 *
	 * @param conditions two or more conditions
	 */
	record And(List<Syntax> conditions) implements Syntax {

	}

	/**
	 * OR.
	 *
	 * @param conditions two or more conditions
	 */
	record Or(List<Syntax> conditions) implements Syntax {

	}

}
