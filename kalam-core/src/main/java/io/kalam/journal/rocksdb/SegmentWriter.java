package io.kalam.journal.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Puts transactions into the segments that they belong to, and lets the oldest segments
 * go that are too old or too many. Works on a copy of the list of segments, so that
 * nothing has happened if the batch can't be written.
 */
final class SegmentWriter {

	/** How many segments a full history has, more or less. */
	static final int PARTS = 24;

	private final Store store;

	private final RocksJournalSettings settings;

	private final ChangeFormat format;

	private final IntSupplier numbers;

	private final WriteBatch batch;

	private final List<Segment> segments;

	private final List<Segment> begun = new ArrayList<>();

	private final List<Segment> completed = new ArrayList<>();

	private final List<Segment> dropped = new ArrayList<>();

	SegmentWriter(Store store, RocksJournalSettings settings, ChangeFormat format, IntSupplier numbers,
			WriteBatch batch, List<Segment> segments) {
		this.store = store;
		this.settings = settings;
		this.format = format;
		this.numbers = numbers;
		this.batch = batch;
		this.segments = new ArrayList<>(segments);
	}

	void add(Group.Appended appended) throws RocksDBException {
		RoutedTransaction transaction = appended.transaction();
		Segment segment = active(appended.time());
		ColumnFamilyHandle handle = this.store.segment(segment.number());
		Header header = new Header(transaction.sequence(), transaction.xid(), transaction.commitTime());
		ByteWriter mark = new ByteWriter();
		header.write(mark);
		this.batch.put(handle, Keys.mark(transaction.sequence()), mark.toBytes());
		long bytes = 0;
		for (RoutedChange change : transaction.changes()) {
			byte[] key = Keys.change(Keys.scope(change), transaction.sequence().value(), change.ordinal());
			ByteWriter value = new ByteWriter();
			header.write(value);
			this.format.write(change.change(), value);
			byte[] written = value.toBytes();
			this.batch.put(handle, key, written);
			bytes += key.length + written.length;
		}
		this.segments.set(this.segments.size() - 1, segment.plus(transaction.sequence(), appended.time(), bytes));
	}

	void add(Segment large) {
		this.segments.add(large);
	}

	private Segment active(long time) throws RocksDBException {
		if (!this.segments.isEmpty()) {
			Segment last = this.segments.get(this.segments.size() - 1);
			boolean full = last.bytes() >= this.settings.maxBytes() / PARTS
					|| time - last.begun() > this.settings.maxAge().toMillis() / PARTS;
			if (last.large() == null && !full) {
				return last;
			}
			this.completed.add(last);
		}
		Segment next = new Segment(this.numbers.getAsInt(), Sequence.ZERO, time, time, 0, null);
		this.begun.add(next);
		this.store.segment(next.number());
		this.segments.add(next);
		return next;
	}

	/**
	 * Lets go of what is too old or too much.
	 * @param oldest what was appended before this moment is too old
	 * @param lowWater where the history begins
	 * @return where it begins then
	 */
	Sequence forget(long oldest, Sequence lowWater) throws RocksDBException {
		Sequence begin = lowWater;
		long bytes = this.segments.stream().mapToLong(Segment::bytes).sum();
		while (!this.segments.isEmpty() && (bytes > this.settings.maxBytes() || this.segments.get(0).time() < oldest)) {
			Segment first = this.segments.remove(0);
			this.dropped.add(first);
			bytes -= first.bytes();
			begin = begin.max(first.last());
			this.batch.delete(this.store.root(), Keys.numbered(Keys.SEGMENT, first.number()));
		}
		for (Segment segment : this.segments) {
			this.batch.put(this.store.root(), Keys.numbered(Keys.SEGMENT, segment.number()), segment.toBytes());
		}
		return begin;
	}

	List<Segment> segments() {
		return List.copyOf(this.segments);
	}

	List<Segment> dropped() {
		return this.dropped;
	}

	List<Segment> begun() {
		return this.begun;
	}

	List<Segment> completed() {
		return this.completed;
	}

}
