package io.kalam.journal.rocksdb;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The end of history, which is here and not in the store yet. Bounded: who appends waits
 * while there is too much of it.
 */
final class Tail {

	private final RocksJournalSettings settings;

	private final Clock clock;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition work = this.lock.newCondition();

	private final Condition room = this.lock.newCondition();

	private final Condition moved = this.lock.newCondition();

	private final Deque<Group.Appended> waiting = new ArrayDeque<>();

	private long bytes;

	private long since;

	private boolean closed;

	private Sequence head;

	private Sequence durable;

	private @Nullable JournalIdentity identity;

	Tail(RocksJournalSettings settings, Clock clock, Position position) {
		this.settings = settings;
		this.clock = clock;
		this.head = position.head();
		this.durable = position.head();
		this.identity = position.identity();
	}

	/**
	 * Adds a transaction, or leaves it out if it is not after the head. Waits for room.
	 */
	void append(RoutedTransaction transaction) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (!this.closed && this.bytes >= this.settings.maxTail()) {
				this.room.await();
			}
			checkOpen();
			if (!transaction.sequence().isAfter(this.head)) {
				return;
			}
			moveTo(transaction.sequence());
			if (!transaction.changes().isEmpty()) {
				this.waiting.add(new Group.Appended(transaction, this.clock.millis()));
				this.bytes += transaction.size();
				if (this.bytes >= this.settings.syncBytes()) {
					this.work.signal();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	void advance(Sequence position) {
		this.lock.lock();
		try {
			checkOpen();
			if (position.isAfter(this.head)) {
				moveTo(position);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void moveTo(Sequence position) {
		if (this.head.equals(this.durable)) {
			this.since = System.nanoTime();
			this.work.signal();
		}
		this.head = position;
	}

	void identify(JournalIdentity noted) {
		this.lock.lock();
		try {
			checkOpen();
			this.identity = noted;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits until there is something that has waited long enough, or is enough.
	 * @return false once this is closed
	 */
	boolean awaitWork() throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (!this.closed && this.head.equals(this.durable)) {
				this.work.await();
			}
			long left = this.since + this.settings.syncDelay().toNanos() - System.nanoTime();
			while (!this.closed && left > 0 && this.bytes < this.settings.syncBytes()) {
				left = this.work.awaitNanos(left);
			}
			return !this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Everything that is here; it stays here until it is said to be written.
	 */
	Group group() {
		return look(() -> new Group(List.copyOf(this.waiting), this.head, this.identity));
	}

	/**
	 * Lets go of what is in the store now.
	 */
	void written(Group group) {
		this.lock.lock();
		try {
			for (Group.Appended appended : group.transactions()) {
				this.waiting.remove();
				this.bytes -= appended.transaction().size();
			}
			this.durable = group.head();
			this.since = System.nanoTime();
			this.room.signalAll();
			this.moved.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Goes on at another position, which the store is at already.
	 */
	void restart(Sequence position, @Nullable JournalIdentity begun) {
		this.lock.lock();
		try {
			this.waiting.clear();
			this.bytes = 0;
			this.head = position;
			this.durable = position;
			this.identity = begun;
			this.room.signalAll();
			this.moved.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * What is here up to a position.
	 */
	Group view(Sequence upTo) {
		this.lock.lock();
		try {
			Assert.isTrue(!upTo.isAfter(this.head), "a read ends at the head at the latest");
			List<Group.Appended> found = new ArrayList<>();
			for (Group.Appended appended : this.waiting) {
				if (appended.transaction().sequence().isAfter(upTo)) {
					break;
				}
				found.add(appended);
			}
			return new Group(found, this.durable, this.identity);
		}
		finally {
			this.lock.unlock();
		}
	}

	Sequence head() {
		return look(() -> {
			checkOpen();
			return this.head;
		});
	}

	Sequence durable() {
		return look(() -> {
			checkOpen();
			return this.durable;
		});
	}

	long unwritten() {
		return look(() -> this.bytes);
	}

	boolean isWritten() {
		return look(() -> this.head.equals(this.durable));
	}

	boolean isClosed() {
		return look(() -> this.closed);
	}

	private <T> T look(Supplier<T> value) {
		this.lock.lock();
		try {
			return value.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean awaitDurable(Sequence position, Duration patience) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = patience.toNanos();
			while (!this.closed && position.isAfter(this.durable) && left > 0) {
				left = this.moved.awaitNanos(left);
			}
			checkOpen();
			return !position.isAfter(this.durable);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits, but no longer than until this is closed.
	 */
	void pause(Duration duration) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = duration.toNanos();
			while (!this.closed && left > 0) {
				left = this.moved.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes nothing more and lets go of all who wait.
	 * @return whether this was open
	 */
	boolean close() {
		this.lock.lock();
		try {
			boolean open = !this.closed;
			this.closed = true;
			this.work.signalAll();
			this.room.signalAll();
			this.moved.signalAll();
			return open;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException("The journal is closed");
		}
	}

}
