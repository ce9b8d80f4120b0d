/**
 * The canonical form of a value, once, for snapshot and stream. Input: what Postgres
 * prints. Output: a Java value with Postgres's own order and one JSON form. The same
 * value has the same bytes whichever way it came.
 */
@NullMarked
package io.kalam.codec;

import org.jspecify.annotations.NullMarked;
