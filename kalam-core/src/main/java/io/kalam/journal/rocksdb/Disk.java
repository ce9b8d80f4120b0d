package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives access to the stored history: to many readers, and to one writer at a time, who
 * is tried again until the disk takes what is to be written. After a failure RocksDB
 * takes nothing more, so it is closed and opened again as soon as there is room.
 */
final class Disk {

	private static final Logger logger = LoggerFactory.getLogger(Disk.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final long ROOM = 8 << 20;

	private final RocksJournalSettings settings;

	private final Clock clock;

	private final JournalDirectory directory;

	private final ReentrantLock writing = new ReentrantLock();

	private final ReadWriteLock reading = new ReentrantReadWriteLock();

	private @Nullable StoredHistory history;

	private volatile @Nullable String trouble;

	private volatile boolean damaged;

	Disk(RocksJournalSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.directory = new JournalDirectory(settings);
		this.history = this.directory.open(clock);
	}

	/**
	 * Reads, while nothing is dropped.
	 */
	<T> T read(Reading<T> action) {
		this.reading.readLock().lock();
		try {
			return action.of(open());
		}
		catch (RocksDBException ex) {
			throw failure(ex);
		}
		finally {
			this.reading.readLock().unlock();
		}
	}

	private StoredHistory open() {
		StoredHistory current = this.history;
		if (current == null) {
			throw new IllegalStateException((this.trouble != null) ? this.trouble : "The journal is closed");
		}
		return current;
	}

	private RuntimeException failure(RocksDBException ex) {
		if (!JournalDirectory.isDamage(ex)) {
			return new IllegalStateException("The journal can't be read: " + ex.getMessage(), ex);
		}
		this.damaged = true;
		this.trouble = "The journal in " + this.settings.directory() + " is damaged. It begins anew by itself.";
		return new JournalCorruptedException(this.settings.directory(), String.valueOf(ex.getMessage()), ex);
	}

	/**
	 * Writes, as often as it takes.
	 * @param tail what is not written yet
	 * @param action what to do; is repeated if it fails
	 * @throws JournalCorruptedException if what is there is damaged
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	void write(Tail tail, Writing action) throws InterruptedException {
		while (!tryWrite(action)) {
			tail.pause(PAUSE);
			if (tail.isClosed()) {
				throw new IllegalStateException("The journal is closed");
			}
			if (!tryWrite(action)) {
				reopen(tail);
			}
			else {
				return;
			}
		}
	}

	/**
	 * Writes once.
	 * @return whether it worked
	 */
	boolean tryWrite(Writing action) throws InterruptedException {
		this.writing.lockInterruptibly();
		try {
			if (this.damaged) {
				throw new JournalCorruptedException(this.settings.directory(), "it has to begin anew", null);
			}
			if (this.history == null && this.trouble != null) {
				return false;
			}
			action.on(open());
			if (this.trouble != null) {
				logger.info("The journal can be written again");
				this.trouble = null;
			}
			return true;
		}
		catch (RocksDBException ex) {
			if (JournalDirectory.isDamage(ex)) {
				throw failure(ex);
			}
			if (this.trouble == null) {
				logger.warn("The journal can't be written, and nothing is acknowledged until it can: {}",
						ex.getMessage());
			}
			this.trouble = "The journal in " + this.settings.directory() + " can't be written: " + ex.getMessage()
					+ ". Make room on its disk; it goes on by itself.";
			return false;
		}
		finally {
			this.writing.unlock();
		}
	}

	private void reopen(Tail tail) throws InterruptedException {
		this.writing.lockInterruptibly();
		this.reading.writeLock().lock();
		try {
			if (Files.getFileStore(this.settings.directory()).getUsableSpace() < ROOM) {
				return;
			}
			release();
			this.history = this.directory.open(this.clock);
			if (tail.durable().isAfter(open().view().position().head())) {
				throw new JournalCorruptedException(this.settings.directory(), "what was durable is gone", null);
			}
		}
		catch (JournalCorruptedException ex) {
			this.damaged = true;
			throw ex;
		}
		catch (IOException | JournalDirectoryException ex) {
			logger.debug("The journal can't be opened again yet", ex);
		}
		finally {
			this.reading.writeLock().unlock();
			this.writing.unlock();
		}
	}

	/**
	 * Removes what is no part of history any more, once nobody reads it.
	 */
	void drop(List<Segment> dropped) throws RocksDBException {
		if (!dropped.isEmpty()) {
			this.reading.writeLock().lock();
			try {
				open().drop(dropped);
			}
			finally {
				this.reading.writeLock().unlock();
			}
		}
	}

	/**
	 * Empties the directory and begins anew, whatever is in it.
	 * @param tail goes on there too
	 * @param position where to begin
	 */
	void restart(Tail tail, Position position) throws InterruptedException {
		this.writing.lockInterruptibly();
		this.reading.writeLock().lock();
		try {
			release();
			this.directory.clear();
			this.history = this.directory.open(this.clock);
			open().begin(position);
			tail.restart(position.head(), position.identity());
			this.damaged = false;
			this.trouble = null;
		}
		catch (RocksDBException ex) {
			throw new IllegalStateException("The journal can't begin anew: " + ex.getMessage(), ex);
		}
		finally {
			this.reading.writeLock().unlock();
			this.writing.unlock();
		}
	}

	@Nullable String trouble() {
		return this.trouble;
	}

	boolean isDamaged() {
		return this.damaged;
	}

	long size() {
		return this.directory.size();
	}

	/**
	 * Lets go of everything. Waits for readers and writers.
	 */
	void close() {
		this.writing.lock();
		this.reading.writeLock().lock();
		try {
			release();
			this.trouble = null;
		}
		finally {
			this.reading.writeLock().unlock();
			this.writing.unlock();
		}
	}

	private void release() {
		StoredHistory current = this.history;
		this.history = null;
		if (current != null) {
			current.close();
		}
	}

	/**
	 * Something that reads.
	 *
	 * @param <T> what it reads
	 */
	@FunctionalInterface
	interface Reading<T extends @Nullable Object> {

		T of(StoredHistory history) throws RocksDBException;

	}

	/**
	 * Something that writes.
	 */
	@FunctionalInterface
	interface Writing {

		void on(StoredHistory history) throws RocksDBException;

	}

}
