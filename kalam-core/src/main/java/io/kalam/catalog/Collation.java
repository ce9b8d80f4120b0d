package io.kalam.catalog;

/**
 * The collation of a column.
 *
 * @param name the collation's name
 * @param deterministic whether only equal bytes are equal
 * @param binary whether it orders by code point ({@code C}, {@code POSIX},
 * {@code C.UTF-8}, {@code pg_c_utf8}, {@code ucs_basic})
 */
public record Collation(String name, boolean deterministic, boolean binary) {

}
