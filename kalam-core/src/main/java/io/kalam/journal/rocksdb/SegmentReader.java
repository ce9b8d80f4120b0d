package io.kalam.journal.rocksdb;

import java.util.List;

import io.kalam.codec.CodecException;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Status;

/**
 * Reads segments: what concerns a partition, merged from its own range of keys and that
 * of its whole table, or the marks of the transactions.
 */
final class SegmentReader {

	private final Store store;

	private final ChangeFormat format;

	SegmentReader(Store store, ChangeFormat format) {
		this.store = store;
		this.format = format;
	}

	/**
	 * Reads a partition.
	 * @return false if the page is full
	 */
	boolean read(Segment segment, Partition partition, JournalPlace after, Sequence upTo, PageAssembler page)
			throws RocksDBException {
		try (SegmentCursor own = new SegmentCursor(this.store, segment, Keys.partition(partition), after, upTo);
				SegmentCursor table = new SegmentCursor(this.store, segment, Keys.table(partition.table()), after,
						upTo)) {
			SegmentCursor next = first(own, table);
			while (next != null) {
				if (!add(segment, next, partition, (next == own) ? partition : null, page)) {
					return false;
				}
				next.next();
				next = first(own, table);
			}
			return true;
		}
	}

	private static @Nullable SegmentCursor first(SegmentCursor own, SegmentCursor table) {
		JournalPlace mine = own.place();
		JournalPlace all = table.place();
		if (mine == null || all == null) {
			return (mine != null) ? own : (all != null) ? table : null;
		}
		return (mine.compareTo(all) <= 0) ? own : table;
	}

	private boolean add(Segment segment, SegmentCursor cursor, Partition reader, @Nullable Partition of,
			PageAssembler page) throws RocksDBException {
		JournalPlace place = cursor.place();
		if (place == null) {
			throw new IllegalStateException("A cursor at its end has no change");
		}
		try {
			ByteReader in = new ByteReader(cursor.value());
			Segment.Large large = segment.large();
			Header header = (large != null) ? new Header(place.sequence(), large.xid(), large.commitTime())
					: Header.read(place.sequence(), in);
			return page.add(header, new RoutedChange(place.ordinal(), of, this.format.read(reader.table(), in)));
		}
		catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException | CodecException ex) {
			throw new RocksDBException("A change can't be read: " + ex.getMessage(),
					new Status(Status.Code.Corruption, Status.SubCode.None, null));
		}
	}

	/**
	 * Lists the transactions of a segment.
	 */
	void marks(Segment segment, Sequence after, Sequence upTo, List<TransactionMark> marks) throws RocksDBException {
		Segment.Large large = segment.large();
		if (large != null) {
			if (!segment.last().isAfter(upTo)) {
				marks.add(new TransactionMark(segment.last(), large.xid()));
			}
			return;
		}
		try (RocksIterator entries = this.store.iterate(segment.number())) {
			for (entries.seek(Keys.mark(new Sequence(after.value() + 1))); entries.isValid(); entries.next()) {
				byte[] key = entries.key();
				Sequence sequence = (key[0] == Keys.MARK) ? new Sequence(new ByteReader(key, 1).readFixedLong()) : null;
				if (sequence == null || sequence.isAfter(upTo)) {
					return;
				}
				Header header = Header.read(sequence, new ByteReader(entries.value()));
				marks.add(new TransactionMark(sequence, header.xid()));
			}
			entries.status();
		}
	}

}
