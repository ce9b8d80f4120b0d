/**
 * What Postgres has: tables, columns, positions in the WAL. Input: a connection. Output:
 * descriptions of what was found, and a refusal with its remedy where it will not do.
 * Nothing here changes the database but what is ours: slot, publication, schema
 * {@code kalam}, and the replica identity of realtime tables if we are told to.
 */
@NullMarked
package io.kalam.catalog;

import org.jspecify.annotations.NullMarked;
