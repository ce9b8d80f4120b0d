/**
 * Live queries. Input: SQL text, parameters and the table's columns. Output: a projection
 * and a predicate with Postgres's semantics, evaluated in memory, and the SQL that reads
 * the same rows.
 */
@NullMarked
package io.kalam.query;

import org.jspecify.annotations.NullMarked;
