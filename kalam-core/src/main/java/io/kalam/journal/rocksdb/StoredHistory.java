package io.kalam.journal.rocksdb;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Table;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The part of history that is in the store. One thread at a time changes it; while it
 * drops segments or begins anew, nobody may read.
 */
final class StoredHistory implements AutoCloseable {

	private final RocksJournalSettings settings;

	private final Clock clock;

	private final Store store;

	private final RowTypeDictionary types = new RowTypeDictionary();

	private final ChangeFormat format = new ChangeFormat(this.types);

	private final SegmentReader reader;

	private final Deque<Integer> spares = new ArrayDeque<>();

	private volatile StoredView view;

	private int lastNumber;

	/**
	 * Reads what is known of the whole, and removes what a process that died left half
	 * done.
	 */
	StoredHistory(RocksJournalSettings settings, Clock clock, Store store) throws RocksDBException {
		this.settings = settings;
		this.clock = clock;
		this.store = store;
		this.reader = new SegmentReader(store, this.format);
		byte[] stored = store.get(Keys.POSITION);
		Position position = (stored != null) ? Position.read(stored) : new Position(Sequence.ZERO, Sequence.ZERO, null);
		store.visit(Keys.TYPE, (key, value) -> this.types.load(new ByteReader(key, 1).readFixedInt(), value));
		List<Segment> segments = new ArrayList<>();
		store.visit(Keys.SEGMENT,
				(key, value) -> segments.add(Segment.read(new ByteReader(key, 1).readFixedInt(), value)));
		segments.sort(Comparator.comparing(Segment::last));
		Map<ByteBuffer, Sequence> purged = new HashMap<>();
		store.visit(Keys.PURGED,
				(key, value) -> purged.put(ByteBuffer.wrap(key), new Sequence(new ByteReader(value).readFixedLong())));
		this.view = new StoredView(position, List.copyOf(segments), Map.copyOf(purged));
		dropUnlisted();
	}

	private void dropUnlisted() throws RocksDBException {
		List<Integer> listed = this.view.segments().stream().map(Segment::number).toList();
		List<Integer> present = this.store.segments();
		if (!present.containsAll(listed)) {
			throw new IllegalArgumentException("A segment is missing");
		}
		for (int number : present) {
			this.lastNumber = Math.max(this.lastNumber, number);
			if (!listed.contains(number)) {
				this.store.drop(number);
			}
		}
	}

	/**
	 * A number for a segment.
	 */
	synchronized int number() {
		Integer spare = this.spares.poll();
		return (spare != null) ? spare : ++this.lastNumber;
	}

	Store store() {
		return this.store;
	}

	ChangeFormat format() {
		return this.format;
	}

	StoredView view() {
		return this.view;
	}

	/**
	 * The tables as they were when the rows were read that are here, or have been.
	 */
	List<Table> tables() {
		return this.types.tables();
	}

	/**
	 * Writes a group, durably.
	 * @param group what follows
	 * @return what is no part of history any more
	 */
	List<Segment> write(Group group) throws RocksDBException {
		return write(group.transactions(), null, group.head(), group.identity());
	}

	/**
	 * Makes a large transaction part of history, durably. Its changes are in its segment.
	 * @param large the segment
	 * @return what is no part of history any more
	 */
	List<Segment> write(Segment large) throws RocksDBException {
		this.store.persist(large.number());
		return write(List.of(), large, large.last(), this.view.position().identity());
	}

	private List<Segment> write(List<Group.Appended> transactions, @Nullable Segment large, Sequence head,
			@Nullable JournalIdentity identity) throws RocksDBException {
		StoredView before = this.view;
		try (WriteBatch batch = new WriteBatch()) {
			SegmentWriter writer = new SegmentWriter(this.store, this.settings, this.format, this::number, batch,
					before.segments());
			try {
				for (Group.Appended transaction : transactions) {
					if (transaction.transaction().sequence().isAfter(before.position().head())) {
						writer.add(transaction);
					}
				}
				if (large != null && large.last().isAfter(before.position().head())) {
					writer.add(large);
				}
				Sequence lowWater = writer.forget(this.clock.millis() - this.settings.maxAge().toMillis(),
						before.position().lowWater());
				List<Integer> unsaved = putTypes(batch);
				Map<ByteBuffer, Sequence> purged = forgetPurges(before, lowWater, batch);
				Position position = new Position(lowWater, head.max(before.position().head()), identity);
				batch.put(this.store.root(), Keys.POSITION, position.toBytes());
				this.store.write(batch);
				this.types.saved(unsaved);
				this.view = new StoredView(position, writer.segments(), purged);
			}
			catch (RocksDBException ex) {
				takeBack(writer.begun());
				throw ex;
			}
			for (Segment completed : writer.completed()) {
				this.store.release(completed.number());
			}
			return writer.dropped();
		}
	}

	private synchronized void takeBack(List<Segment> begun) {
		begun.forEach((segment) -> this.spares.add(segment.number()));
	}

	private List<Integer> putTypes(WriteBatch batch) throws RocksDBException {
		List<Integer> unsaved = this.types.unsaved();
		for (int number : unsaved) {
			batch.put(this.store.root(), Keys.numbered(Keys.TYPE, number),
					RowTypeFormat.write(this.types.type(number)));
		}
		return unsaved;
	}

	private Map<ByteBuffer, Sequence> forgetPurges(StoredView before, Sequence lowWater, WriteBatch batch)
			throws RocksDBException {
		Map<ByteBuffer, Sequence> kept = new HashMap<>(before.purged());
		for (Map.Entry<ByteBuffer, Sequence> purge : before.purged().entrySet()) {
			if (!purge.getValue().isAfter(lowWater)) {
				kept.remove(purge.getKey());
				batch.delete(this.store.root(), purge.getKey().array());
			}
		}
		return Map.copyOf(kept);
	}

	/**
	 * Begins at a position, in an empty store.
	 */
	void begin(Position position) throws RocksDBException {
		try (WriteBatch batch = new WriteBatch()) {
			batch.put(this.store.root(), Keys.POSITION, position.toBytes());
			this.store.write(batch);
			this.view = new StoredView(position, List.of(), Map.of());
		}
	}

	/**
	 * Removes what is here of partitions, durably.
	 */
	void purge(Collection<Partition> partitions) throws RocksDBException {
		StoredView before = this.view;
		Sequence head = before.position().head();
		Map<ByteBuffer, Sequence> purged = new HashMap<>(before.purged());
		try (WriteBatch batch = new WriteBatch()) {
			for (Partition partition : partitions) {
				for (Segment segment : before.segments()) {
					batch.deleteRange(this.store.segment(segment.number()), Keys.partition(partition),
							Keys.end(Keys.partition(partition)));
				}
				for (Partition reader : List.of(partition, Partition.all(partition.table()))) {
					batch.put(this.store.root(), Keys.purged(reader).array(),
							new ByteWriter().writeFixed(head.value()).toBytes());
					purged.put(Keys.purged(reader), head);
				}
			}
			this.store.write(batch);
		}
		this.view = new StoredView(before.position(), before.segments(), Map.copyOf(purged));
	}

	/**
	 * Rewrites the files in which partitions were, and lets the log go that has them.
	 * @return how many segments there are
	 */
	int compact(Collection<Partition> partitions) throws RocksDBException {
		List<Segment> segments = this.view.segments();
		this.store.persistRoot();
		for (Segment segment : segments) {
			this.store.persist(segment.number());
			for (Partition partition : partitions) {
				this.store.compact(segment.number(), Keys.partition(partition), Keys.end(Keys.partition(partition)));
			}
		}
		return segments.size();
	}

	/**
	 * Reads a partition from what was there at some moment.
	 * @return false if the page is full
	 */
	boolean read(StoredView from, Partition partition, JournalPlace after, Sequence upTo, PageAssembler page)
			throws RocksDBException {
		Sequence first = from.check(partition, after);
		for (Segment segment : from.segments()) {
			if (segment.last().isAfter(first) && !this.reader.read(segment, partition, after, upTo, page)) {
				return false;
			}
		}
		return true;
	}

	List<TransactionMark> transactionsAfter(StoredView from, Sequence after, Sequence upTo) throws RocksDBException {
		from.check(after);
		List<TransactionMark> marks = new ArrayList<>();
		for (Segment segment : from.segments()) {
			if (segment.last().isAfter(after)) {
				this.reader.marks(segment, after, upTo, marks);
			}
		}
		return marks;
	}

	@Override
	public void close() {
		this.store.close();
	}

}
