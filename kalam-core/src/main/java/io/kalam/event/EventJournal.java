package io.kalam.event;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import io.kalam.catalog.ServerState;
import io.kalam.catalog.Table;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.JournalStatus;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the history of events out of the journal of the tables: it is in memory, and
 * reaches back less far. Everything but reading streams is as that journal says.
 */
public final class EventJournal implements ChangeJournal {

	private final ChangeJournal tables;

	private final ChangeJournal events;

	private final EventStore store;

	private boolean begun;

	/**
	 * A journal of both.
	 * @param tables the journal of the tables; closed with this one
	 * @param events a journal in memory for events; closed with this one
	 * @param store knows what a stream is, and what lives
	 */
	public EventJournal(ChangeJournal tables, ChangeJournal events, EventStore store) {
		this.tables = tables;
		this.events = events;
		this.store = store;
	}

	@Override
	public @Nullable String take(ServerState server) {
		return this.tables.take(server);
	}

	@Override
	public void append(List<RoutedTransaction> transactions) {
		this.tables.append(transactions.stream().map(this::appendEvents).toList());
	}

	/**
	 * The events are there first: whoever sees the head may read up to it.
	 */
	private RoutedTransaction appendEvents(RoutedTransaction transaction) {
		Split split = split(transaction.changes());
		if (split.events().isEmpty()) {
			this.events.advance(transaction.sequence());
			return transaction;
		}
		this.events.append(List.of(transaction.with(split.events())));
		return transaction.with(split.others());
	}

	private Split split(List<RoutedChange> changes) {
		List<RoutedChange> events = new ArrayList<>();
		List<RoutedChange> others = new ArrayList<>();
		changes.forEach((change) -> (isEvent(change) ? events : others).add(change));
		return new Split(events, others);
	}

	private boolean isEvent(RoutedChange change) {
		return this.store.isStream(change.change().table());
	}

	@Override
	public StagedTransaction stage() {
		return new Staged(this.events.stage(), this.tables.stage());
	}

	@Override
	public void advance(Sequence position) {
		this.events.advance(position);
		this.tables.advance(position);
	}

	@Override
	public synchronized void identify(JournalIdentity identity) {
		if (!this.begun) {
			begin(this.tables.head(), identity);
		}
		this.tables.identify(identity);
	}

	@Override
	public synchronized void restart(Sequence position, JournalIdentity identity) {
		begin(position, identity);
		this.tables.restart(position, identity);
	}

	private void begin(Sequence position, JournalIdentity identity) {
		this.store.forget();
		this.events.restart(position, identity);
		this.begun = true;
	}

	@Override
	public void purge(Collection<Partition> partitions) {
		List<Partition> ofEvents = partitions.stream().filter(this::isOfEvents).toList();
		this.store.purge(ofEvents);
		this.events.purge(ofEvents);
		this.tables.purge(partitions.stream().filter((partition) -> !isOfEvents(partition)).toList());
	}

	private boolean isOfEvents(Partition partition) {
		return this.store.isStream(partition.table());
	}

	@Override
	public @Nullable JournalPosition position() {
		return this.tables.position();
	}

	@Override
	public Sequence head() {
		return this.tables.head();
	}

	@Override
	public Sequence durable() {
		return this.tables.durable();
	}

	@Override
	public boolean awaitDurable(Sequence position, Duration patience) throws InterruptedException {
		return this.tables.awaitDurable(position, patience);
	}

	@Override
	public Sequence lowWater() {
		return this.tables.lowWater();
	}

	@Override
	public JournalPage read(Partition partition, JournalPlace after, Sequence upTo, long maxBytes) {
		return (isOfEvents(partition) ? this.events : this.tables).read(partition, after, upTo, maxBytes);
	}

	@Override
	public List<TransactionMark> transactionsAfter(Sequence after) {
		return this.tables.transactionsAfter(after);
	}

	@Override
	public List<Table> tables() {
		return this.tables.tables();
	}

	@Override
	public JournalStatus status() {
		return this.tables.status();
	}

	@Override
	public void close() {
		this.tables.close();
		this.events.close();
	}

	private record Split(List<RoutedChange> events, List<RoutedChange> others) {

	}

	/**
	 * A transaction on its way into both.
	 */
	private final class Staged implements StagedTransaction {

		private final StagedTransaction ofEvents;

		private final StagedTransaction ofTables;

		Staged(StagedTransaction ofEvents, StagedTransaction ofTables) {
			this.ofEvents = ofEvents;
			this.ofTables = ofTables;
		}

		@Override
		public void add(List<RoutedChange> changes) {
			Split split = split(changes);
			this.ofEvents.add(split.events());
			this.ofTables.add(split.others());
		}

		@Override
		public void commit(Sequence sequence, long xid, Instant commitTime) {
			this.ofEvents.commit(sequence, xid, commitTime);
			this.ofTables.commit(sequence, xid, commitTime);
		}

		@Override
		public void discard() {
			this.ofEvents.discard();
			this.ofTables.discard();
		}

	}

}
