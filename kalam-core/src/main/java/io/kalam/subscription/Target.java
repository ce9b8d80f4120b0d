package io.kalam.subscription;

import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription follows.
 *
 * @param query the live query
 * @param partition the partition, or {@code null} if no row can be the user's
 */
record Target(LiveQuery query, @Nullable Partition partition) {

}
