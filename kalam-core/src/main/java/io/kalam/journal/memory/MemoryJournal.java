package io.kalam.journal.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import io.kalam.catalog.TableName;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalPage;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

import org.springframework.util.Assert;

/**
 * A journal that holds the latest history in memory and forgets it with the process. The
 * next process begins an empty one where the replication slot stands, which loses nothing
 * but the cursors before it, so that everything counts as durable at once.
 * <p>
 * The oldest transactions are forgotten when the whole takes more than a number of bytes,
 * or when they have been here for longer than an age; both are looked at with every
 * {@link #append} and {@link #advance}. A transaction that is larger than the journal is
 * forgotten at once, together with everything before it: a cursor before it is refused, a
 * cursor at it can be served.
 */
public final class MemoryJournal implements ChangeJournal {

	private static final int TRANSACTION_OVERHEAD = 128;

	private final long maxBytes;

	private final long maxAge;

	private final Clock clock;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final Timeline<Entry> entries = new Timeline<>();

	private final PartitionIndex index = new PartitionIndex();

	private long bytes;

	private Sequence head;

	private Sequence lowWater;

	private boolean closed;

	/**
	 * An empty journal.
	 * @param maxBytes how many bytes of heap the history may take
	 * @param maxAge how long a transaction is kept after it was appended
	 * @param clock tells the age
	 * @param position where the history begins
	 */
	public MemoryJournal(long maxBytes, Duration maxAge, Clock clock, Sequence position) {
		Assert.isTrue(maxBytes >= 0, "maxBytes must not be negative");
		Assert.isTrue(!maxAge.isNegative(), "maxAge must not be negative");
		this.maxBytes = maxBytes;
		this.maxAge = maxAge.toMillis();
		this.clock = clock;
		this.head = position;
		this.lowWater = position;
	}

	@Override
	public void append(List<RoutedTransaction> transactions) {
		for (RoutedTransaction transaction : transactions) {
			append(transaction);
		}
	}

	private void append(RoutedTransaction transaction) {
		Parts parts = Parts.of(transaction);
		long size = TRANSACTION_OVERHEAD + parts.size();
		write(() -> {
			if (transaction.sequence().isAfter(this.head)) {
				this.head = transaction.sequence();
				if (!parts.isEmpty()) {
					add(transaction, parts, size);
				}
			}
			forget();
		});
	}

	private void add(RoutedTransaction transaction, Parts parts, long size) {
		Sequence sequence = transaction.sequence();
		this.index.add(sequence, parts);
		this.entries.add(sequence, new Entry(new TransactionMark(sequence, transaction.xid()), this.clock.millis(),
				size, List.copyOf(parts.partitions().keySet()), List.copyOf(parts.tables().keySet())));
		this.bytes += size;
	}

	private void forget() {
		long oldest = this.clock.millis() - this.maxAge;
		while (this.entries.size() > 0 && (this.bytes > this.maxBytes || this.entries.get(0).time() < oldest)) {
			Entry entry = this.entries.removeFirst();
			this.index.removeFirst(entry.partitions(), entry.tables());
			this.bytes -= entry.size();
			this.lowWater = entry.mark().sequence();
		}
	}

	@Override
	public void advance(Sequence position) {
		write(() -> {
			this.head = this.head.max(position);
			forget();
		});
	}

	@Override
	public void restart(Sequence position) {
		write(() -> {
			Assert.isTrue(!this.head.isAfter(position), "history does not go back");
			clear();
			this.head = position;
			this.lowWater = position;
		});
	}

	private void clear() {
		this.entries.clear();
		this.index.clear();
		this.bytes = 0;
	}

	@Override
	public Sequence head() {
		return read(() -> this.head);
	}

	@Override
	public Sequence durable() {
		return head();
	}

	@Override
	public Sequence lowWater() {
		return read(() -> this.lowWater);
	}

	@Override
	public JournalPage read(Partition partition, Sequence after, Sequence upTo, long maxBytes) {
		return read(() -> {
			checkReach(after);
			Assert.isTrue(!upTo.isAfter(this.head), "a read ends at the head at the latest");
			return page(this.index.reader(partition, after, upTo), upTo.max(after), maxBytes);
		});
	}

	private static JournalPage page(PartReader reader, Sequence end, long maxBytes) {
		List<RoutedTransaction> transactions = new ArrayList<>();
		long size = 0;
		for (Part part = reader.next(); part != null; part = reader.next()) {
			size += part.size();
			if (size > maxBytes && !transactions.isEmpty()) {
				return new JournalPage(transactions, transactions.get(transactions.size() - 1).sequence());
			}
			transactions.add(part.transaction());
		}
		return new JournalPage(transactions, end);
	}

	@Override
	public List<TransactionMark> transactionsAfter(Sequence after) {
		return read(() -> {
			checkReach(after);
			List<TransactionMark> marks = new ArrayList<>();
			for (int i = this.entries.indexAfter(after); i < this.entries.size(); i++) {
				marks.add(this.entries.get(i).mark());
			}
			return marks;
		});
	}

	private void checkReach(Sequence after) {
		if (this.lowWater.isAfter(after)) {
			throw new JournalExpiredException(after, this.lowWater);
		}
	}

	/**
	 * How many partitions and tables have a history here.
	 * @return the number of them
	 */
	int width() {
		return read(this.index::size);
	}

	/**
	 * About how many bytes of heap the history takes.
	 * @return the size in bytes
	 */
	long bytes() {
		return read(() -> this.bytes);
	}

	@Override
	public void close() {
		this.lock.writeLock().lock();
		try {
			this.closed = true;
			clear();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private <T> T read(Supplier<T> action) {
		this.lock.readLock().lock();
		try {
			checkOpen();
			return action.get();
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private void write(Runnable action) {
		this.lock.writeLock().lock();
		try {
			checkOpen();
			action.run();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException("The journal is closed");
		}
	}

	/**
	 * A transaction that is here.
	 *
	 * @param mark its sequence and id
	 * @param time when it was appended, in milliseconds
	 * @param size how many bytes it takes
	 * @param partitions the partitions in which it has a part
	 * @param tables the tables in which it has a part
	 */
	private record Entry(TransactionMark mark, long time, long size, Collection<Partition> partitions,
			Collection<TableName> tables) {

	}

}
