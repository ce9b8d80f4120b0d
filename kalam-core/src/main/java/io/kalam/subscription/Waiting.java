package io.kalam.subscription;

import io.kalam.sequence.Sequence;

/**
 * What waits to be told as one transaction: one commit, or some that follow each other.
 */
sealed interface Waiting permits LiveTransaction, Fold {

	/**
	 * The sequence of the first commit.
	 */
	Sequence first();

	/**
	 * How many bytes it keeps in memory, shared ones counted in full.
	 * @return the size in bytes
	 */
	long size();

	/**
	 * What there is to tell. Nothing is added any more.
	 */
	LiveTransaction take();

}
