package io.kalam.operations;

import java.time.Instant;

/**
 * The commit that a change is part of.
 *
 * @param sequence its place in history: greater than that of every earlier commit, and
 * the same at every redelivery and on every node
 * @param time when it was committed, by the database's clock
 */
public record RealtimeCommit(long sequence, Instant time) {

}
