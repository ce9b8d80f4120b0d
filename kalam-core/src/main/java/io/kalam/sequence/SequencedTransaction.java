package io.kalam.sequence;

import io.kalam.change.CommittedTransaction;

/**
 * A committed transaction at its place in history.
 *
 * @param sequence its sequence
 * @param transaction the transaction
 */
public record SequencedTransaction(Sequence sequence, CommittedTransaction transaction) {

}
