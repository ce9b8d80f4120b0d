package io.kalam.snapshot;

import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;

/**
 * What to read.
 *
 * @param partition the partition whose rows may be read; decides, with the query's
 * predicate, which rows are
 * @param query the live query
 * @param lastRows how many of the newest rows by key to read, delivered oldest to newest;
 * 0 for all rows
 */
public record SnapshotRequest(Partition partition, LiveQuery query, int lastRows) {

}
