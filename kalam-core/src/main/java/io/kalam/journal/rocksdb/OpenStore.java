package io.kalam.journal.rocksdb;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import io.kalam.journal.JournalUnreadableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stored history while it is open, and what was known of it while it is not. It is
 * replaced, and segments are dropped, by one thread at a time and while nobody reads.
 */
final class OpenStore {

	private static final Logger logger = LoggerFactory.getLogger(OpenStore.class);

	private final Faults faults;

	private final ReadWriteLock lock = new ReentrantReadWriteLock();

	private final Set<Integer> unlisted = new LinkedHashSet<>();

	private volatile @Nullable StoredHistory history;

	private volatile StoredView left;

	private volatile boolean closed;

	OpenStore(Faults faults, StoredHistory history) {
		this.faults = faults;
		this.history = history;
		this.left = history.view();
	}

	/**
	 * The stored history, {@code null} while it is not open.
	 */
	@Nullable StoredHistory history() {
		return this.history;
	}

	/**
	 * What is known of the store, open or not.
	 */
	StoredView view() {
		checkOpen();
		StoredHistory current = this.history;
		return (current != null) ? current.view() : this.left;
	}

	/**
	 * Reads, while nothing is dropped and nothing replaces the store.
	 * @throws JournalUnreadableException if what is there can't be read, or is known to
	 * be damaged
	 */
	<T> T read(Disk.Reading<T> action) {
		this.lock.readLock().lock();
		try {
			checkOpen();
			this.faults.check();
			return action.of(this::opened);
		}
		catch (RocksDBException ex) {
			throw this.faults.unreadable(ex);
		}
		finally {
			this.lock.readLock().unlock();
		}
	}

	private StoredHistory opened() {
		StoredHistory current = this.history;
		if (current == null) {
			throw new JournalUnreadableException(String.valueOf(this.faults.trouble()), null);
		}
		return current;
	}

	void checkOpen() {
		if (this.closed) {
			throw new IllegalStateException("The journal is closed");
		}
	}

	/**
	 * Notes what is no part of history any more.
	 */
	void unlist(int segment) {
		this.unlisted.add(segment);
	}

	/**
	 * Removes what is no part of history any more, once nobody reads it. What can't be
	 * removed now is the next time, or when the store is opened.
	 */
	void dropUnlisted() {
		StoredHistory current = this.history;
		if (current == null || this.unlisted.isEmpty()) {
			return;
		}
		this.lock.writeLock().lock();
		try {
			for (int number : List.copyOf(this.unlisted)) {
				current.store().drop(number);
				this.unlisted.remove(number);
			}
		}
		catch (RocksDBException ex) {
			logger.debug("A segment is removed later", ex);
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * Closes the store, once nobody reads it.
	 */
	void release() {
		this.lock.writeLock().lock();
		try {
			StoredHistory current = this.history;
			if (current != null) {
				this.left = current.view();
				this.history = null;
				this.unlisted.clear();
				current.close();
			}
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * Takes up a store that was opened.
	 * @param also what has to happen before somebody reads it
	 */
	void take(StoredHistory opened, Runnable also) {
		this.lock.writeLock().lock();
		try {
			this.history = opened;
			also.run();
		}
		finally {
			this.lock.writeLock().unlock();
		}
	}

	/**
	 * Closes the store for good.
	 */
	void close() {
		this.closed = true;
		release();
	}

}
