package io.kalam.catalog;

/**
 * The collation of a column.
 *
 * @param name the collation's name
 * @param deterministic whether only equal bytes are equal
 * @param binary whether it orders by code point ({@code C}, {@code POSIX},
 * {@code C.UTF-8}, {@code pg_c_utf8}, {@code ucs_basic})
 * @param asciiCase whether only the letters A to Z have a small form
 */
public record Collation(String name, boolean deterministic, boolean binary, boolean asciiCase) {

}
