package io.kalam.journal.rocksdb;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.StagedTransaction;
import io.kalam.partition.RoutedChange;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * A transaction that is written into a segment of its own. As long as the segment is not
 * listed it is no part of history, and removed when the store is opened.
 */
final class StagedSegment implements StagedTransaction {

	private final Disk disk;

	private final Tail tail;

	private final Clock clock;

	private @Nullable Store store;

	private int number;

	private long bytes;

	StagedSegment(Disk disk, Tail tail, Clock clock) {
		this.disk = disk;
		this.tail = tail;
		this.clock = clock;
	}

	@Override
	public void add(List<RoutedChange> changes) {
		write((history) -> {
			begin(history);
			put(history, changes);
		});
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
			return;
		}
		if (this.bytes == 0) {
			discard();
			this.tail.advance(sequence);
			return;
		}
		write((history) -> {
			begin(history);
			Group before = this.tail.group();
			this.disk.drop(history.write(before));
			this.tail.written(before);
			long now = this.clock.millis();
			this.disk.drop(history
				.write(new Segment(this.number, sequence, now, now, this.bytes, new Segment.Large(xid, commitTime))));
			this.tail.advance(sequence);
			this.tail.written(new Group(List.of(), sequence, before.identity()));
		});
		this.store = null;
		this.bytes = 0;
	}

	@Override
	public void discard() {
		if (this.store != null) {
			write((history) -> {
				if (this.store == history.store()) {
					history.store().drop(this.number);
				}
			});
		}
		this.store = null;
		this.bytes = 0;
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
