package io.kalam.event;

import io.kalam.change.Row;
import io.kalam.partition.Partition;

/**
 * An event that lives.
 *
 * @param row the event
 * @param partition whose it is
 * @param ends when it ends, in milliseconds of the process's clock
 */
record LivingEvent(Row row, Partition partition, long ends) {

}
