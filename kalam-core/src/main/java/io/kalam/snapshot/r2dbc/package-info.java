/**
 * Snapshots over R2DBC: one short repeatable-read transaction for each read, its rows in
 * a bounded spool. Input and output are those of
 * {@link io.kalam.snapshot.SnapshotReader}.
 */
@NullMarked
package io.kalam.snapshot.r2dbc;

import org.jspecify.annotations.NullMarked;
