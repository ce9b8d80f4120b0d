/**
 * Debezium's Postgres connector as a {@link io.kalam.capture.ChangeSource}. Input: a slot
 * and a publication that exist. Output: whole transactions. Nothing outside this package
 * names a type of Debezium or Kafka.
 * <p>
 * The connector's task is driven as a Kafka Connect worker drives it, by one thread of
 * ours: that leaves the life cycle, the position to resume from and the acknowledgement
 * in our hands. Debezium connects, reads the slot, decodes pgoutput and follows the
 * tables; what it has decoded is taken over before it makes records of it, so that a
 * value is the very text that Postgres sent, the same that a snapshot selects.
 */
@NullMarked
package io.kalam.capture.debezium;

import org.jspecify.annotations.NullMarked;
