/**
 * The history of changes in a directory, by RocksDB. What was reported durable survives
 * the process; a partition is read by one range scan a segment; segments are dropped
 * whole when they are too old or too many.
 */
@NullMarked
package io.kalam.journal.rocksdb;

import org.jspecify.annotations.NullMarked;
