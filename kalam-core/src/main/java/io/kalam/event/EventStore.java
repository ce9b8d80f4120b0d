package io.kalam.event;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The events that live. Makes of the messages in a transaction what they mean, at their
 * place in it, and lets events end by the next commit or sign of life of the database, so
 * that everything that is told of them has a place in history.
 * <p>
 * One thread applies; any thread may read. What is read is exactly what lives at a
 * position. What is known ends with the process: a cursor of an event's table is good for
 * the process that gave it, which its {@linkplain #lineage() lineage} says.
 */
public final class EventStore {

	private final TableLineage lineage = new TableLineage(UUID.randomUUID().toString());

	private final RealtimeTables tables;

	private final Clock clock;

	private final Supplier<Sequence> head;

	private final ReentrantLock lock = new ReentrantLock();

	private final LivingStreams living;

	private volatile @Nullable CommittedTransaction unpublished;

	private volatile Runnable sooner = () -> {
	};

	private long lastXid;

	private volatile long earliestEnd = LivingEvents.NEVER;

	/**
	 * A store in which nothing lives.
	 * @param tables the realtime tables, the streams among them
	 * @param clock tells when events end
	 * @param head the position up to which everything has been published
	 */
	public EventStore(RealtimeTables tables, Clock clock, Supplier<Sequence> head) {
		this.tables = tables;
		this.clock = clock;
		this.head = head;
		this.living = new LivingStreams(tables, clock);
	}

	/**
	 * The history that this process tells of the streams.
	 * @return a lineage that no other process has
	 */
	public TableLineage lineage() {
		return this.lineage;
	}

	/**
	 * Whether a table is a stream.
	 * @param name its name
	 * @return whether its rows are events
	 */
	public boolean isStream(TableName name) {
		LiveTable table = this.tables.find(name);
		return table != null && table.isStream();
	}

	/**
	 * Applies a transaction. One that could not be published and comes again is published
	 * as it was; of one that was published nothing is applied.
	 * @param transaction the next transaction
	 * @param publish publishes it, with what its messages mean and with the events that
	 * end by it; nothing is read in the meantime
	 */
	public void apply(CommittedTransaction transaction, Consumer<CommittedTransaction> publish) {
		if (!concernsEvents(transaction)) {
			publish.accept(transaction);
			return;
		}
		this.lock.lock();
		try {
			publish(resolve(transaction), publish);
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean concernsEvents(CommittedTransaction transaction) {
		return this.unpublished != null || isDue()
				|| transaction.changes().stream().anyMatch((change) -> isStream(change.table()));
	}

	/**
	 * Lets events end by a position at which nothing was committed that is realtime.
	 * @param position the position
	 * @param publish publishes what ends, if anything does
	 */
	public void expire(Lsn position, Consumer<CommittedTransaction> publish) {
		if (!isDue()) {
			return;
		}
		this.lock.lock();
		try {
			CommittedTransaction expired = resolve(
					new CommittedTransaction(position, this.lastXid, this.clock.instant(), List.of()));
			if (!expired.changes().isEmpty()) {
				publish(expired, publish);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void publish(CommittedTransaction resolved, Consumer<CommittedTransaction> publish) {
		this.unpublished = resolved;
		publish.accept(resolved);
		this.unpublished = null;
	}

	private CommittedTransaction resolve(CommittedTransaction transaction) {
		CommittedTransaction owed = this.unpublished;
		if (owed != null && owed.commit().equals(transaction.commit())) {
			return owed;
		}
		List<Change> changes = new ArrayList<>();
		boolean next = transaction.commit().isAfter(this.head.get().lsn());
		if (owed != null && next) {
			changes.addAll(owed.changes());
		}
		for (Change change : transaction.changes()) {
			if (!isStream(change.table())) {
				changes.add(change);
			}
			else if (next && change instanceof Change.Message message) {
				this.living.apply(message, transaction.commitTime(), changes);
			}
		}
		if (next) {
			this.lastXid = transaction.xid();
			expire(changes);
		}
		return new CommittedTransaction(transaction.commit(), transaction.xid(), transaction.commitTime(), changes);
	}

	private void expire(List<Change> changes) {
		long before = this.earliestEnd;
		long earliest = this.living.expire(changes);
		this.earliestEnd = earliest;
		if (earliest < before) {
			this.sooner.run();
		}
	}

	/**
	 * Whether events wait for a position at which they can end.
	 * @return whether the time of some is over
	 */
	public boolean isDue() {
		return this.earliestEnd <= this.clock.millis();
	}

	/**
	 * When the next event ends.
	 * @return how long until then, nothing if it is due; {@code null} if none lives
	 */
	public @Nullable Duration untilDue() {
		long earliest = this.earliestEnd;
		return (earliest != LivingEvents.NEVER) ? Duration.ofMillis(Math.max(0, earliest - this.clock.millis())) : null;
	}

	/**
	 * Tells when the next event ends sooner than the one that was the next.
	 * @param sooner is run by the thread that applies; must not wait
	 */
	public void listen(Runnable sooner) {
		this.sooner = sooner;
	}

	/**
	 * How a stream is doing. Does not wait for what is published.
	 * @param stream its name
	 * @return what lives in this process, and what it has counted
	 */
	public StreamStatus status(TableName stream) {
		return this.living.status(stream);
	}

	/**
	 * Counts an event that is left out, because its transaction has too many. May be
	 * called by any thread.
	 * @param stream the event's stream
	 */
	public void lost(TableName stream) {
		this.living.lost(stream);
	}

	/**
	 * Forgets all events, because history begins anew.
	 */
	void forget() {
		this.lock.lock();
		try {
			this.living.forget();
			this.unpublished = null;
			this.earliestEnd = LivingEvents.NEVER;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Forgets the events of some partitions, without a word: their readers are told
	 * otherwise.
	 * @param partitions the partitions
	 */
	void purge(Collection<Partition> partitions) {
		this.lock.lock();
		try {
			partitions.forEach(this.living::purge);
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Reads what lives. Waits while a transaction is published.
	 * @param reader the partition that is read
	 * @return the events and the position at which they live, {@code null} if there is
	 * none for now: what was applied last has still to be published
	 */
	@Nullable LivingRows read(Partition reader) {
		this.lock.lock();
		try {
			if (this.unpublished != null) {
				return null;
			}
			return new LivingRows(this.head.get(), this.living.rows(reader));
		}
		finally {
			this.lock.unlock();
		}
	}

}
