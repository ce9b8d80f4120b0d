/**
 * What Postgres has: tables, columns, positions in the WAL. Input: a connection. Output:
 * descriptions of what was found, and a refusal with its remedy where it will not do.
 * Nothing here changes the database but what is ours.
 */
@NullMarked
package io.kalam.catalog;

import org.jspecify.annotations.NullMarked;
