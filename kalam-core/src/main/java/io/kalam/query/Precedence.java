package io.kalam.query;

/**
 * How strongly what may follow an operand binds, from the weakest to the strongest: the
 * order of Postgres's {@code gram.y}.
 */
enum Precedence {

	/** Nothing that continues a condition. */
	END,

	/** OR. */
	OR,

	/** AND. */
	AND,

	/** NOT in front of a condition. */
	NOT,

	/** IS …, not associative. */
	IS,

	/** A comparison, not associative. */
	COMPARISON,

	/** BETWEEN, IN, LIKE and their negations, not associative. */
	PREDICATE,

	/** All other operators. */
	OPERATOR,

	/** What no operator separates. */
	VALUE

}
