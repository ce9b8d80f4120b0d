package io.kalam.journal.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.JournalStatus;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

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

	private final long maxBytes;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final MemoryHistory history;

	private Sequence head;

	private @Nullable JournalIdentity identity;

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
		this.history = new MemoryHistory(maxBytes, maxAge.toMillis(), clock, position);
		this.head = position;
	}

	@Override
	public void append(List<RoutedTransaction> transactions) {
		for (RoutedTransaction transaction : transactions) {
			Parts parts = Parts.of(transaction);
			write(() -> {
				if (transaction.sequence().isAfter(this.head)) {
					this.head = transaction.sequence();
					if (!parts.isEmpty()) {
						this.history.add(transaction, parts);
					}
				}
				this.history.forget();
			});
		}
	}

	@Override
	public StagedTransaction stage() {
		return new StagedChanges(this, this.maxBytes);
	}

	void forgetUpTo(Sequence position) {
		write(() -> {
			if (position.isAfter(this.head)) {
				this.head = position;
				this.history.restart(position);
			}
		});
	}

	@Override
	public void advance(Sequence position) {
		write(() -> {
			this.head = this.head.max(position);
			this.history.forget();
		});
	}

	@Override
	public void identify(JournalIdentity noted) {
		write(() -> this.identity = noted);
	}

	@Override
	public void restart(Sequence position, JournalIdentity begun) {
		write(() -> {
			this.history.restart(position);
			this.head = position;
			this.identity = begun;
		});
	}

	@Override
	public void purge(Collection<Partition> partitions) {
		write(() -> partitions.forEach((partition) -> this.history.purge(partition, this.head)));
	}

	@Override
	public @Nullable JournalPosition position() {
		return read(() -> (this.identity != null) ? new JournalPosition(this.identity, this.head.lsn()) : null);
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
	public boolean awaitDurable(Sequence position, Duration patience) {
		return !position.isAfter(durable());
	}

	@Override
	public Sequence lowWater() {
		return read(this.history::lowWater);
	}

	@Override
	public JournalPage read(Partition partition, JournalPlace after, Sequence upTo, long maxBytes) {
		return read(() -> {
			Assert.isTrue(!upTo.isAfter(this.head), "a read ends at the head at the latest");
			return this.history.page(partition, after, upTo, maxBytes);
		});
	}

	@Override
	public List<TransactionMark> transactionsAfter(Sequence after) {
		return read(() -> this.history.transactionsAfter(after));
	}

	@Override
	public JournalStatus status() {
		return read(() -> new JournalStatus(this.history.bytes(), 0, this.history.lowWater(), this.head, this.head,
				this.history.oldest(), null));
	}

	/**
	 * How many partitions and tables have a history here.
	 * @return the number of them
	 */
	int width() {
		return read(this.history::width);
	}

	/**
	 * About how many bytes of heap the history takes.
	 * @return the size in bytes
	 */
	long bytes() {
		return read(this.history::bytes);
	}

	@Override
	public void close() {
		this.lock.writeLock().lock();
		try {
			this.closed = true;
			this.history.restart(this.head);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	private <T extends @Nullable Object> T read(Supplier<T> action) {
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

}
