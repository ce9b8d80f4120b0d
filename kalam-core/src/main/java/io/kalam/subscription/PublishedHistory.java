package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.kalam.catalog.TransactionSnapshot;
import io.kalam.journal.TransactionMark;
import io.kalam.sequence.Sequence;

/**
 * How far history has been published, and how much of that can be seen by every snapshot
 * that is taken from now on. Changed under the hub's lock, read by any thread.
 */
final class PublishedHistory {

	private final Deque<TransactionMark> unseen = new ArrayDeque<>();

	private volatile Sequence head = Sequence.ZERO;

	private volatile Sequence visible = Sequence.ZERO;

	/**
	 * Goes on somewhere.
	 * @param position the head
	 * @param visibleTo a position up to which every snapshot sees everything
	 * @param unseenYet the transactions between the two
	 */
	void resume(Sequence position, Sequence visibleTo, List<TransactionMark> unseenYet) {
		this.head = position;
		this.visible = visibleTo;
		this.unseen.clear();
		this.unseen.addAll(unseenYet);
	}

	/**
	 * Whether a position is still to come.
	 */
	boolean isAhead(Sequence position) {
		return position.isAfter(this.head);
	}

	/**
	 * Moves the head to a transaction that has been published.
	 * @param mark a transaction after the head
	 */
	void add(TransactionMark mark) {
		this.unseen.add(mark);
		this.head = mark.sequence();
	}

	/**
	 * Moves the head to a position up to which nothing was committed.
	 * @param position a position after the head
	 */
	void advance(Sequence position) {
		this.head = position;
	}

	/**
	 * Takes account of what a snapshot has seen.
	 * @param snapshot a snapshot that was taken after the last one
	 */
	void seen(TransactionSnapshot snapshot) {
		TransactionMark next = this.unseen.peek();
		while (next != null && snapshot.sees(next.xid())) {
			this.visible = this.unseen.remove().sequence();
			next = this.unseen.peek();
		}
		this.visible = (next != null) ? this.visible : this.head;
	}

	Sequence head() {
		return this.head;
	}

	Sequence visible() {
		return this.visible;
	}

}
