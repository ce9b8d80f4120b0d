package io.kalam.journal.rocksdb;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.kalam.catalog.Table;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalInterruptedException;
import io.kalam.journal.JournalListener;
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
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a directory. Appending returns at once; a thread of the journal writes
 * what was appended, all that has come within a few milliseconds in one batch, and with
 * it the position and the identity. What is durable has been synced.
 * <p>
 * History is kept in segments, each a twenty-fourth of what may be kept, and dropped by
 * the segment. A partition is a range of keys in each of them. While the disk takes
 * nothing, nothing is lost and nothing is acknowledged, and appending waits once the part
 * in memory is full.
 */
public final class RocksJournal implements ChangeJournal {

	private static final Logger logger = LoggerFactory.getLogger(RocksJournal.class);

	private static final long STAGED = 1 << 20;

	private final Clock clock;

	private final JournalListener listener;

	private final Disk disk;

	private final Tail tail;

	private final Thread writer;

	private final long staged;

	private RocksJournal(RocksJournalSettings settings, Clock clock, JournalListener listener) {
		this.clock = clock;
		this.listener = listener;
		this.staged = Math.min(settings.syncBytes(), STAGED);
		this.disk = new Disk(settings, clock);
		this.tail = new Tail(settings, clock, this.disk.view().position());
		this.writer = new Thread(this::write, "kalam-journal");
		this.writer.setDaemon(true);
		this.writer.start();
	}

	/**
	 * Opens the journal in a directory, or begins an empty one there.
	 * @param settings where and how it is kept
	 * @param clock tells the age of transactions
	 * @return an open journal; its {@link #position()} is {@code null} if it is empty
	 * @throws JournalDirectoryException if somebody has to do something about the
	 * directory first
	 * @throws JournalCorruptedException if what is in it is damaged
	 */
	public static RocksJournal open(RocksJournalSettings settings, Clock clock) {
		return open(settings, clock, JournalListener.NONE);
	}

	/**
	 * Opens the journal in a directory, or begins an empty one there.
	 * @param settings where and how it is kept
	 * @param clock tells the age of transactions
	 * @param listener is told what it does
	 * @return an open journal; its {@link #position()} is {@code null} if it is empty
	 * @throws JournalDirectoryException if somebody has to do something about the
	 * directory first
	 * @throws JournalCorruptedException if what is in it is damaged
	 */
	public static RocksJournal open(RocksJournalSettings settings, Clock clock, JournalListener listener) {
		return new RocksJournal(settings, clock, listener);
	}

	/**
	 * Moves what is in a directory aside, to {@code <directory>.damaged}, and begins an
	 * empty journal.
	 * @param settings where and how it is kept
	 * @param clock tells the age of transactions
	 * @param listener is told what it does
	 * @return an open, empty journal
	 * @throws JournalDirectoryException if somebody has to do something about the
	 * directory first
	 */
	public static RocksJournal openAnew(RocksJournalSettings settings, Clock clock, JournalListener listener) {
		new JournalDirectory(settings).moveAside();
		return new RocksJournal(settings, clock, listener);
	}

	private void write() {
		try {
			while (this.tail.awaitWork()) {
				try {
					this.disk.write(this.tail, this::writeGroup);
				}
				catch (JournalCorruptedException ex) {
					this.tail.pause(Duration.ofSeconds(1));
				}
			}
		}
		catch (InterruptedException | IllegalStateException ex) {
			logger.debug("The journal is not written any more", ex);
		}
	}

	private void writeGroup(StoredHistory history) throws RocksDBException {
		Group group = this.tail.group();
		long begun = System.nanoTime();
		List<Segment> dropped = history.write(group);
		this.listener.synced(System.nanoTime() - begun);
		this.tail.written(group);
		this.disk.drop(dropped);
	}

	@Override
	public void append(List<RoutedTransaction> transactions) {
		try {
			for (RoutedTransaction transaction : transactions) {
				this.tail.append(transaction);
			}
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
	}

	@Override
	public StagedTransaction stage() {
		return new StagedSegment(this.disk, this.tail, this.clock, this.staged);
	}

	@Override
	public void advance(Sequence position) {
		this.tail.advance(position);
	}

	@Override
	public void identify(JournalIdentity identity) {
		this.tail.identify(identity);
	}

	@Override
	public void restart(Sequence position, JournalIdentity identity) {
		begin(position, identity);
	}

	/**
	 * Begins anew.
	 * @param position where to begin
	 * @param identity the history that begins there, if it is known
	 */
	void begin(Sequence position, @Nullable JournalIdentity identity) {
		try {
			this.disk.restart(this.tail, new Position(position, position, identity));
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
	}

	@Override
	public void purge(Collection<Partition> partitions) {
		try {
			this.disk.write(this.tail, (history) -> {
				writeGroup(history);
				history.purge(partitions);
			});
			this.disk.read((store) -> store.history().compact(partitions));
		}
		catch (InterruptedException ex) {
			throw new JournalInterruptedException(ex);
		}
	}

	@Override
	public @Nullable JournalPosition position() {
		if (this.disk.isDamaged()) {
			return null;
		}
		Position position = this.disk.view().position();
		JournalIdentity identity = position.identity();
		return (identity != null) ? new JournalPosition(identity, position.head().lsn()) : null;
	}

	@Override
	public Sequence head() {
		return this.tail.head();
	}

	@Override
	public Sequence durable() {
		return this.tail.durable();
	}

	@Override
	public boolean awaitDurable(Sequence position, Duration patience) throws InterruptedException {
		return this.tail.awaitDurable(position, patience);
	}

	@Override
	public Sequence lowWater() {
		return this.disk.view().position().lowWater();
	}

	@Override
	public JournalPage read(Partition partition, JournalPlace after, Sequence upTo, long maxBytes) {
		return this.disk.read((store) -> {
			Group unwritten = this.tail.view(upTo);
			StoredView stored = this.disk.view();
			Sequence first = stored.check(partition, after);
			PageAssembler page = new PageAssembler(maxBytes);
			Sequence end = unwritten.head().isAfter(upTo) ? upTo : unwritten.head();
			if (!end.isAfter(first) || store.history().read(stored, partition, after, end, page)) {
				unwritten.addTo(page, partition, after);
			}
			return page.build(upTo.max(after.sequence()));
		});
	}

	@Override
	public List<TransactionMark> transactionsAfter(Sequence after) {
		return this.disk.read((store) -> {
			Group unwritten = this.tail.view(this.tail.head());
			StoredView stored = this.disk.view();
			stored.check(after);
			List<TransactionMark> marks = new ArrayList<>();
			if (unwritten.head().isAfter(after)) {
				marks.addAll(store.history().transactionsAfter(stored, after, unwritten.head()));
			}
			unwritten.marksAfter(after, marks);
			return marks;
		});
	}

	@Override
	public List<Table> tables() {
		return this.disk.read((store) -> store.history().tables());
	}

	@Override
	public JournalStatus status() {
		Sequence durable = this.tail.durable();
		StoredView view = this.disk.view();
		Instant oldest = view.segments().isEmpty() ? null : Instant.ofEpochMilli(view.segments().get(0).begun());
		return new JournalStatus(this.disk.size(), this.tail.unwritten(), view.position().lowWater(), this.tail.head(),
				durable, oldest, this.disk.trouble());
	}

	/**
	 * How often the disk was waited for since the journal was opened.
	 * @return the number of syncs of the log
	 */
	public long syncs() {
		return this.disk.read((store) -> store.history().store().syncs());
	}

	@Override
	public void close() {
		if (!this.tail.close()) {
			return;
		}
		boolean interrupted = Thread.interrupted();
		try {
			this.writer.join();
			if (!this.tail.isWritten() && !this.disk.tryWrite(this::writeGroup)) {
				logger.warn("What was appended last could not be written; it will be streamed again");
			}
		}
		catch (InterruptedException | JournalCorruptedException ex) {
			logger.debug("What was appended last was not written", ex);
		}
		finally {
			this.disk.close();
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

}
