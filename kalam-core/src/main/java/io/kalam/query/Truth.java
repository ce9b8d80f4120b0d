package io.kalam.query;

/**
 * The values of SQL's three-valued logic, in the order in which AND takes the least and
 * OR the greatest.
 */
enum Truth {

	FALSE, UNKNOWN, TRUE;

	static Truth of(boolean value) {
		return value ? TRUE : FALSE;
	}

	Truth not() {
		return switch (this) {
			case FALSE -> TRUE;
			case UNKNOWN -> UNKNOWN;
			case TRUE -> FALSE;
		};
	}

}
