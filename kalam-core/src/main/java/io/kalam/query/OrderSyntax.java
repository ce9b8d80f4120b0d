package io.kalam.query;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What stands behind the condition of a query.
 *
 * @param items what stands behind ORDER BY, empty if there is none
 * @param limit what stands behind LIMIT, {@code null} if there is none
 */
record OrderSyntax(List<Item> items, @Nullable SqlToken limit) {

	/**
	 * Something to order by.
	 *
	 * @param name the column
	 * @param descending whether DESC was said
	 * @param nullsFirst whether nulls come first
	 */
	record Item(Syntax.Name name, boolean descending, boolean nullsFirst) {

	}

}
