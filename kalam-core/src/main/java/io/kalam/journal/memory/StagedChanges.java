package io.kalam.journal.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kalam.journal.StagedTransaction;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

/**
 * Changes of a transaction that has not been committed; only their number of bytes once
 * they are more than the journal holds.
 */
final class StagedChanges implements StagedTransaction {

	private final MemoryJournal journal;

	private final long maxBytes;

	private final List<RoutedChange> changes = new ArrayList<>();

	private long bytes;

	StagedChanges(MemoryJournal journal, long maxBytes) {
		this.journal = journal;
		this.maxBytes = maxBytes;
	}

	@Override
	public void add(List<RoutedChange> more) {
		for (RoutedChange change : more) {
			this.bytes += change.size();
			if (this.bytes <= this.maxBytes) {
				this.changes.add(change);
			}
			else {
				this.changes.clear();
			}
		}
	}

	@Override
	public void commit(Sequence sequence, long xid, Instant commitTime) {
		if (this.bytes <= this.maxBytes) {
			this.journal.append(List.of(new RoutedTransaction(sequence, xid, commitTime, this.changes)));
		}
		else {
			this.journal.forgetUpTo(sequence);
		}
		discard();
	}

	@Override
	public void discard() {
		this.changes.clear();
		this.bytes = 0;
	}

}
