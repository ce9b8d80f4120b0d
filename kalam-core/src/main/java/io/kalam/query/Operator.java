package io.kalam.query;

/**
 * The comparisons.
 */
enum Operator {

	EQUAL("="), NOT_EQUAL("<>"), LESS("<"), LESS_OR_EQUAL("<="), GREATER(">"), GREATER_OR_EQUAL(">=");

	private final String symbol;

	Operator(String symbol) {
		this.symbol = symbol;
	}

	static Operator of(String symbol) {
		for (Operator operator : values()) {
			if (operator.symbol.equals(symbol)) {
				return operator;
			}
		}
		return NOT_EQUAL;
	}

	String symbol() {
		return this.symbol;
	}

	/**
	 * Whether it needs to be known which of two unequal values is the greater.
	 * @return whether it is more than a test for equality
	 */
	boolean orders() {
		return this != EQUAL && this != NOT_EQUAL;
	}

	/**
	 * The comparison with its sides exchanged.
	 * @return the operator
	 */
	Operator flipped() {
		return switch (this) {
			case LESS -> GREATER;
			case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
			case GREATER -> LESS;
			case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
			case EQUAL, NOT_EQUAL -> this;
		};
	}

	boolean holds(int order) {
		return switch (this) {
			case EQUAL -> order == 0;
			case NOT_EQUAL -> order != 0;
			case LESS -> order < 0;
			case LESS_OR_EQUAL -> order <= 0;
			case GREATER -> order > 0;
			case GREATER_OR_EQUAL -> order >= 0;
		};
	}

}
