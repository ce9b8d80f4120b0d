package io.kalam.journal.rocksdb;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.StagedTransaction;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A transaction that is written into a segment of its own once it is larger than what may
 * be held in the heap; one that stays smaller is appended like any other. As long as the
 * segment is not listed it is no part of history, and removed when the store is opened.
 */
final class StagedSegment implements StagedTransaction {

	private final Disk disk;

	private final Tail tail;

	private final Clock clock;

	private final long maxHeld;

	private final List<RoutedChange> held = new ArrayList<>();

	private long heldBytes;

	private @Nullable Store store;

	private int number;

	private long bytes;

	/**
	 * A transaction without changes.
	 * @param maxHeld how many bytes of heap it may take
	 */
	StagedSegment(Disk disk, Tail tail, Clock clock, long maxHeld) {
		this.disk = disk;
		this.tail = tail;
		this.clock = clock;
		this.maxHeld = maxHeld;
	}

	@Override
	public void add(List<RoutedChange> changes) {
		this.held.addAll(changes);
		changes.forEach((change) -> this.heldBytes += change.size());
		if (this.store != null || this.heldBytes > this.maxHeld) {
			write((history) -> {
				begin(history);
				put(history, this.held);
			});
			release();
		}
	}

	private void release() {
		this.held.clear();
		this.heldBytes = 0;
	}

	private void begin(StoredHistory history) {
		if (this.store == null) {
			this.store = history.store();
			this.number = history.number();
		}
		else if (this.store != history.store()) {
			throw new IllegalStateException(
					"The journal was opened again since; the transaction has to be staged anew");
		}
	}

	private void put(StoredHistory history, List<RoutedChange> changes) throws RocksDBException {
		ColumnFamilyHandle handle = history.store().segment(this.number);
		long added = 0;
		try (WriteBatch batch = new WriteBatch()) {
			for (RoutedChange change : changes) {
				byte[] key = Keys.change(Keys.scope(change), 0, change.ordinal());
				ByteWriter value = new ByteWriter();
				history.format().write(change.change(), value);
				byte[] written = value.toBytes();
				batch.put(handle, key, written);
				added += key.length + written.length;
			}
			history.store().writeUnlogged(batch);
		}
		this.bytes += added;
	}

	@Override
	public void commit(Sequence sequence, long xid, Instant commitTime) {
		if (!sequence.isAfter(this.tail.head())) {
			discard();
		}
		else if (this.store == null) {
			append(new RoutedTransaction(sequence, xid, commitTime, this.held));
		}
		else {
			list(sequence, new Segment.Large(xid, commitTime));
		}
	}

	private void append(RoutedTransaction transaction) {
		try {
			this.tail.append(transaction);
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
		release();
	}

	private void list(Sequence sequence, Segment.Large large) {
		write((history) -> {
			begin(history);
			Group before = this.tail.group();
			this.disk.drop(history.write(before));
			this.tail.written(before);
			long now = this.clock.millis();
			List<Segment> dropped = history.write(new Segment(this.number, sequence, now, now, this.bytes, large));
			this.tail.advance(sequence);
			this.tail.written(new Group(List.of(), sequence, before.identity()));
			this.disk.drop(dropped);
		});
		this.store = null;
		this.bytes = 0;
	}

	@Override
	public void discard() {
		if (this.store != null) {
			this.disk.discard(this.store, this.number);
		}
		this.store = null;
		this.bytes = 0;
		release();
	}

	private void write(Disk.Writing action) {
		try {
			this.disk.write(this.tail, action);
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
	}

}
