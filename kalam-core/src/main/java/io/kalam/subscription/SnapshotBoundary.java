package io.kalam.subscription;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.TransactionMark;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;

/**
 * Finds the place in history at which a snapshot stands.
 */
final class SnapshotBoundary {

	private SnapshotBoundary() {
	}

	/**
	 * The greatest sequence such that every commit at or before it is visible. Commits
	 * come out of the stream before a snapshot can see them, so the head is not it. What
	 * has seen nothing but what its horizon says stands there.
	 */
	static Sequence of(Snapshot snapshot, ChangeJournal journal, Sequence head) {
		Sequence boundary = snapshot.horizon();
		if (snapshot.visibility().seesNothing()) {
			return boundary;
		}
		for (TransactionMark mark : journal.transactionsAfter(boundary)) {
			if (mark.sequence().isAfter(head)) {
				break;
			}
			if (!snapshot.visibility().sees(mark.xid())) {
				return boundary;
			}
			boundary = mark.sequence();
		}
		return head;
	}

}
