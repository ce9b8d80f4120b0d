package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import io.kalam.journal.JournalUnreadableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives access to the stored history: to many readers, and to one writer at a time, who
 * is tried again until the disk takes what is to be written. After a failure RocksDB
 * takes nothing more, so it is closed and opened again as soon as there is room. What was
 * known of the store when it was closed can be asked for meanwhile.
 */
final class Disk {

	private static final Logger logger = LoggerFactory.getLogger(Disk.class);

	private static final Duration PAUSE = Duration.ofMillis(500);

	private static final long ROOM = 8 << 20;

	private final RocksJournalSettings settings;

	private final Clock clock;

	private final JournalDirectory directory;

	private final Faults faults;

	private final OpenStore store;

	private final ReentrantLock writing = new ReentrantLock();

	Disk(RocksJournalSettings settings, Clock clock) {
		this.settings = settings;
		this.clock = clock;
		this.directory = new JournalDirectory(settings);
		this.faults = new Faults(settings.directory());
		this.store = new OpenStore(this.faults, this.directory.open(clock));
	}

	/**
	 * What is known of the store, open or not.
	 */
	StoredView view() {
		return this.store.view();
	}

	/**
	 * Reads, while nothing is dropped and nothing replaces the store.
	 * @throws JournalUnreadableException if what is there can't be read, or is known to
	 * be damaged
	 */
	<T> T read(Reading<T> action) {
		return this.store.read(action);
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
			if (tryWrite(action)) {
				return;
			}
			reopen(tail);
		}
	}

	/**
	 * Writes once.
	 * @return whether it worked
	 */
	boolean tryWrite(Writing action) throws InterruptedException {
		this.writing.lockInterruptibly();
		try {
			this.store.checkOpen();
			this.faults.check();
			StoredHistory history = this.store.history();
			if (history == null) {
				return false;
			}
			action.on(history);
			this.faults.written();
			this.store.dropUnlisted();
			return true;
		}
		catch (RocksDBException ex) {
			this.faults.unwritable(ex);
			return false;
		}
		finally {
			this.writing.unlock();
		}
	}

	private void reopen(Tail tail) throws InterruptedException {
		this.writing.lockInterruptibly();
		try {
			this.faults.check();
			if (Files.getFileStore(this.settings.directory()).getUsableSpace() < ROOM) {
				return;
			}
			this.store.release();
			StoredHistory opened = this.directory.open(this.clock);
			this.store.take(opened, () -> {
				if (tail.durable().isAfter(opened.view().position().head())) {
					throw new JournalCorruptedException(this.settings.directory(), "what was durable is gone", null);
				}
			});
		}
		catch (JournalCorruptedException ex) {
			this.faults.damage();
			throw ex;
		}
		catch (IOException | JournalDirectoryException ex) {
			logger.debug("The journal can't be opened again yet", ex);
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * Notes what is no part of history any more. To be called while writing; it is
	 * removed afterwards, which may fail without consequence.
	 */
	void drop(List<Segment> segments) {
		segments.forEach((segment) -> this.store.unlist(segment.number()));
	}

	/**
	 * Removes a segment that has never been part of history, also on a thread that is
	 * interrupted.
	 * @param begun the store in which it was begun; nothing of it is left in another one
	 * @param segment the number of the segment
	 */
	void discard(Store begun, int segment) {
		this.writing.lock();
		try {
			StoredHistory history = this.store.history();
			if (history != null && history.store() == begun) {
				this.store.unlist(segment);
				this.store.dropUnlisted();
			}
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * Empties the directory and begins anew, whatever is in it. What is there counts as
	 * damaged until that has worked.
	 * @param tail goes on there too
	 * @param position where to begin
	 * @throws JournalUnreadableException if it has not worked
	 */
	void restart(Tail tail, Position position) throws InterruptedException {
		this.writing.lockInterruptibly();
		try {
			this.store.checkOpen();
			this.faults.damage();
			this.store.release();
			this.directory.clear();
			begin(this.directory.open(this.clock), tail, position);
		}
		catch (RocksDBException | IOException | JournalDirectoryException | JournalCorruptedException ex) {
			throw new JournalUnreadableException("The journal in " + this.settings.directory() + " can't begin anew: "
					+ ex.getMessage() + ". Make room on its disk; it goes on by itself.", ex);
		}
		finally {
			this.writing.unlock();
		}
	}

	private void begin(StoredHistory opened, Tail tail, Position position) throws RocksDBException {
		try {
			opened.begin(position);
		}
		catch (RocksDBException ex) {
			opened.close();
			throw ex;
		}
		this.store.take(opened, () -> {
			tail.restart(position.head(), position.identity());
			this.faults.begunAnew();
		});
	}

	@Nullable String trouble() {
		return this.faults.trouble();
	}

	boolean isDamaged() {
		return this.faults.isDamaged();
	}

	long size() {
		return this.directory.size();
	}

	/**
	 * Lets go of everything. Waits for readers and writers.
	 */
	void close() {
		this.writing.lock();
		try {
			this.store.close();
		}
		finally {
			this.writing.unlock();
		}
	}

	/**
	 * Something that reads.
	 *
	 * @param <T> what it reads
	 */
	@FunctionalInterface
	interface Reading<T extends @Nullable Object> {

		T of(Opened store) throws RocksDBException;

	}

	/**
	 * The store, if it is open.
	 */
	@FunctionalInterface
	interface Opened {

		/**
		 * The stored history.
		 * @throws JournalUnreadableException if it is not open now
		 */
		StoredHistory history();

	}

	/**
	 * Something that writes.
	 */
	@FunctionalInterface
	interface Writing {

		void on(StoredHistory history) throws RocksDBException;

	}

}
