package io.kalam.journal.rocksdb;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.kalam.catalog.TableName;
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
		return partition.isAll() ? readAll(segment, partition.table(), after, upTo, page)
				: readOne(segment, partition, after, upTo, page);
	}

	private boolean readOne(Segment segment, Partition partition, JournalPlace after, Sequence upTo, PageAssembler page)
			throws RocksDBException {
		TableName name = partition.table();
		try (SegmentCursor own = cursor(segment, Keys.partition(partition), after, upTo);
				SegmentCursor table = cursor(segment, Keys.table(name), after, upTo)) {
			SegmentCursor next = first(own, table);
			while (next != null) {
				JournalPlace place = Objects.requireNonNull(next.place());
				if (!add(segment, place, next.value(), name, (next == own) ? partition : null, page)) {
					return false;
				}
				next.next();
				next = first(own, table);
			}
			return true;
		}
	}

	private SegmentCursor cursor(Segment segment, byte[] scope, JournalPlace after, Sequence upTo)
			throws RocksDBException {
		return new SegmentCursor(this.store.iterate(segment.number()), segment, scope, after, upTo);
	}

	/**
	 * Reads all scopes of a table, each from the place on, and keeps of them what comes
	 * first. So a page takes no more memory than any other, and one look at each scope.
	 */
	private boolean readAll(Segment segment, TableName table, JournalPlace after, Sequence upTo, PageAssembler page)
			throws RocksDBException {
		FirstChanges first = new FirstChanges(page.maxBytes());
		byte[] scopes = Keys.scopes(table);
		try (RocksIterator entries = this.store.iterate(segment.number())) {
			entries.seek(scopes);
			while (entries.isValid() && beginsWith(entries.key(), scopes)) {
				byte[] scope = Keys.scopeOf(entries.key());
				first.addAll(new SegmentCursor(entries, segment, scope, after, upTo), scope);
				entries.seek(Keys.end(scope));
			}
			entries.status();
		}
		for (Map.Entry<JournalPlace, FirstChanges.Stored> change : first.changes().entrySet()) {
			FirstChanges.Stored stored = change.getValue();
			Partition of = Keys.partition(table, stored.scope());
			if (!add(segment, change.getKey(), stored.value(), table, of, page)) {
				return false;
			}
		}
		return first.end() == null || page.end(first.end());
	}

	private static boolean beginsWith(byte[] key, byte[] prefix) {
		return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
	}

	private static @Nullable SegmentCursor first(SegmentCursor own, SegmentCursor table) {
		JournalPlace mine = own.place();
		JournalPlace all = table.place();
		if (mine == null || all == null) {
			return (mine != null) ? own : (all != null) ? table : null;
		}
		return (mine.compareTo(all) <= 0) ? own : table;
	}

	private boolean add(Segment segment, JournalPlace place, byte[] value, TableName table, @Nullable Partition of,
			PageAssembler page) throws RocksDBException {
		try {
			ByteReader in = new ByteReader(value);
			Segment.Large large = segment.large();
			Header header = (large != null) ? new Header(place.sequence(), large.xid(), large.commitTime())
					: Header.read(place.sequence(), in);
			return page.add(header, new RoutedChange(place.ordinal(), of, this.format.read(table, in)));
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
