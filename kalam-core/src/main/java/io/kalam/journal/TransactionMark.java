package io.kalam.journal;

import io.kalam.sequence.Sequence;

/**
 * That a transaction happened, without what it did.
 *
 * @param sequence its place in history
 * @param xid the lower 32 bits of its transaction id
 */
public record TransactionMark(Sequence sequence, long xid) {

}
