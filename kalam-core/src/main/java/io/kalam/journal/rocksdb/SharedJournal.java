package io.kalam.journal.rocksdb;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.kalam.catalog.ServerState;
import io.kalam.catalog.Table;
import io.kalam.journal.ChangeJournal;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@linkplain RocksJournal journal in a directory} that several processes of an
 * application share: one of them has it at a time, from when it takes it until it is
 * closed or the process ends. What is damaged is moved aside, and the journal begins
 * empty.
 */
public final class SharedJournal implements ChangeJournal {

	private static final Logger logger = LoggerFactory.getLogger(SharedJournal.class);

	private final RocksJournalSettings settings;

	private final Clock clock;

	private final JournalListener listener;

	private final JournalDirectory directory;

	private @Nullable DirectoryLock lock;

	private volatile @Nullable RocksJournal journal;

	private boolean closed;

	private SharedJournal(RocksJournalSettings settings, Clock clock, JournalListener listener) {
		this.listener = listener;
		this.settings = settings;
		this.clock = clock;
		this.directory = new JournalDirectory(settings);
	}

	/**
	 * Opens the journal in a directory, begins an empty one there, or finds that another
	 * process has it.
	 * @param settings where and how it is kept
	 * @param clock tells the age of transactions
	 * @param listener is told what the journal does
	 * @return a journal that may have to be {@linkplain #take taken} yet
	 * @throws JournalDirectoryException if somebody has to do something about the
	 * directory first
	 */
	public static SharedJournal open(RocksJournalSettings settings, Clock clock, JournalListener listener) {
		SharedJournal journal = new SharedJournal(settings, clock, listener);
		journal.tryOpen();
		return journal;
	}

	@Override
	public synchronized @Nullable String take(ServerState server) {
		if (this.closed) {
			throw new IllegalStateException("The journal is closed");
		}
		if (this.journal == null && !tryOpen()) {
			return this.directory.holder(server);
		}
		this.directory.hold(server);
		return null;
	}

	private synchronized boolean tryOpen() {
		DirectoryLock taken = this.directory.tryLock();
		if (taken == null) {
			return false;
		}
		try {
			this.journal = RocksJournal.open(this.settings, this.clock, this.listener);
		}
		catch (JournalCorruptedException ex) {
			taken = anew(taken, ex);
		}
		finally {
			if (this.journal == null && taken != null) {
				taken.close();
			}
		}
		this.lock = taken;
		return this.journal != null;
	}

	/**
	 * Begins empty, in a new directory, whose lock is another one.
	 */
	private @Nullable DirectoryLock anew(DirectoryLock old, JournalCorruptedException damage) {
		RocksJournal empty = RocksJournal.openAnew(this.settings, this.clock, this.listener);
		old.close();
		DirectoryLock taken = this.directory.tryLock();
		if (taken == null) {
			empty.close();
			return null;
		}
		this.journal = empty;
		logger.warn(
				"{}. It was moved to {}.damaged, for whoever wants to look at it, and history begins empty at the "
						+ "position of the slot: clients with older cursors read new snapshots. Nothing else is lost.",
				damage.getMessage(), this.settings.directory());
		return taken;
	}

	private RocksJournal journal() {
		RocksJournal current = this.journal;
		if (current == null) {
			throw new IllegalStateException("The journal in " + this.settings.directory() + " is another process's");
		}
		return current;
	}

	@Override
	public void append(List<RoutedTransaction> transactions) {
		journal().append(transactions);
	}

	@Override
	public StagedTransaction stage() {
		return journal().stage();
	}

	@Override
	public void advance(Sequence position) {
		journal().advance(position);
	}

	@Override
	public void identify(JournalIdentity identity) {
		journal().identify(identity);
	}

	@Override
	public void restart(Sequence position, JournalIdentity identity) {
		journal().restart(position, identity);
	}

	@Override
	public void purge(Collection<Partition> partitions) {
		journal().purge(partitions);
	}

	@Override
	public @Nullable JournalPosition position() {
		return journal().position();
	}

	@Override
	public Sequence head() {
		return journal().head();
	}

	@Override
	public Sequence durable() {
		return journal().durable();
	}

	@Override
	public boolean awaitDurable(Sequence position, Duration patience) throws InterruptedException {
		return journal().awaitDurable(position, patience);
	}

	@Override
	public Sequence lowWater() {
		return journal().lowWater();
	}

	@Override
	public JournalPage read(Partition partition, JournalPlace after, Sequence upTo, long maxBytes) {
		return journal().read(partition, after, upTo, maxBytes);
	}

	@Override
	public List<TransactionMark> transactionsAfter(Sequence after) {
		return journal().transactionsAfter(after);
	}

	@Override
	public List<Table> tables() {
		return journal().tables();
	}

	@Override
	public JournalStatus status() {
		RocksJournal current = this.journal;
		return (current != null) ? current.status() : JournalStatus.NONE;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		RocksJournal current = this.journal;
		DirectoryLock taken = this.lock;
		if (current != null && taken != null) {
			current.close();
			this.lock = null;
			taken.close();
		}
	}

}
