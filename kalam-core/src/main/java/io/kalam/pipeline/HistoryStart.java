package io.kalam.pipeline;

import java.util.List;
import java.util.function.Consumer;

import io.kalam.catalog.BlockingTransaction;
import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.Finding;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TimelineHistory;
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.sequence.History;
import io.kalam.sequence.HistoryCheck;
import io.kalam.sequence.HistoryEvidence;
import io.kalam.sequence.Identity;
import io.kalam.sequence.IdentityChangedException;
import io.kalam.sequence.IdentityStore;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import io.kalam.sequence.Sighting;
import io.kalam.sequence.SlotReader;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEvent.Reset.Reason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where history goes on, and brings slot, identity, journal and hub to that
 * place. Used by one thread.
 */
final class HistoryStart {

	private static final Logger logger = LoggerFactory.getLogger(HistoryStart.class);

	private final PipelineSettings settings;

	private final IdentityStore identities;

	private final ReplicationSlot slot;

	private final RealtimeTables tables;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private boolean begun;

	HistoryStart(PipelineSettings settings, IdentityStore identities, RealtimeTables tables, ChangeJournal journal,
			LiveHub hub) {
		this.settings = settings;
		this.identities = identities;
		this.slot = new ReplicationSlot(settings.postgres(), settings.slot());
		this.tables = tables;
		this.journal = journal;
		this.hub = hub;
	}

	/**
	 * Finds the place.
	 * @param database what the start-up checks have found
	 * @param before the reader whose place is taken
	 * @param waiting is told for which transactions a new slot waits
	 * @param decided is told the outcome before anybody sees the new history
	 * @return the identity, and the position after which capture has to begin
	 * @throws IdentityChangedException if there is a sign of life of that reader, or
	 * another one has taken its place
	 * @throws InterruptedException if the thread was interrupted
	 */
	Started start(CheckedDatabase database, SlotReader before, Consumer<List<BlockingTransaction>> waiting,
			Consumer<Started> decided) throws InterruptedException {
		Sighting sighting = this.identities.look();
		Identity identity = sighting.identity();
		if (identity != null && identity.heartbeat() != before.heartbeat()) {
			throw new IdentityChangedException(identity.slot());
		}
		TimelineHistory timelines = TimelineHistory.read(this.settings.postgres(), sighting.server().timeline());
		History history = decide(new HistoryEvidence(sighting, this.journal.position(), timelines,
				database.publicationOid(), database.slotPredatesPublication()));
		if (sighting.identity() != null && (!this.begun || !(history instanceof History.Continue))) {
			this.hub.unknownBefore(Sequence.of(sighting.identity().generation(), sighting.server().flushed()));
		}
		if (history instanceof History.NewGeneration begins) {
			return begin(begins, database, sighting, waiting, decided);
		}
		if (identity == null) {
			throw new IllegalStateException("History goes on without an identity");
		}
		identity = this.identities.take(identity);
		if (history instanceof History.Continue goesOn) {
			Started started = new Started(identity, goesOn.after(), sighting.server().timeline());
			decided.accept(started);
			goOn(started);
			return started;
		}
		Started started = new Started(identity, ((History.StartEmpty) history).after(), sighting.server().timeline());
		decided.accept(started);
		move(started, Reason.EXPIRED);
		return started;
	}

	/**
	 * Decides. A journal that knows what is hidden by now is treated as if it were lost.
	 */
	private History decide(HistoryEvidence evidence) {
		History history = HistoryCheck.decide(evidence);
		if (this.begun || !(history instanceof History.Continue)) {
			return history;
		}
		List<TableName> revealing = this.journal.tables()
			.stream()
			.filter(this.tables::hidesSomeOf)
			.map(Table::name)
			.distinct()
			.toList();
		if (revealing.isEmpty()) {
			return history;
		}
		logger.warn(
				"The journal is emptied, and clients read new snapshots: it holds columns of {} that are hidden now",
				revealing);
		return HistoryCheck.decide(evidence.withoutJournal());
	}

	private Started begin(History.NewGeneration begins, CheckedDatabase database, Sighting sighting,
			Consumer<List<BlockingTransaction>> waiting, Consumer<Started> decided) throws InterruptedException {
		SlotState found = sighting.slot();
		if (found == null || begins.replaceSlot()) {
			checkReplaceable(begins, found, sighting.server().version());
		}
		if (begins.reason() != History.Reason.FIRST_START) {
			logger.warn("A new generation begins, and clients read new snapshots: {}", begins.message());
		}
		SlotState usable = (found == null || begins.replaceSlot()) ? replace(found, waiting) : found;
		Lsn after = usable.confirmed();
		if (after == null) {
			throw new IllegalStateException("A slot that is complete has a confirmed position");
		}
		Identity identity = this.identities.startGeneration(sighting.identity(), begins.floor(), after,
				sighting.server(), database.publicationOid());
		Started started = new Started(identity, after, sighting.server().timeline());
		decided.accept(started);
		move(started, Reason.EPOCH);
		return started;
	}

	private void checkReplaceable(History.NewGeneration begins, @Nullable SlotState unusable, int version) {
		String instead = refusal(begins.reason());
		if (instead != null) {
			String name = this.settings.slot();
			String drop = (unusable != null) ? "SELECT pg_drop_replication_slot('" + name + "'); " : "";
			throw new SlotLostException(
					new Finding(begins.message() + " There is no usable replication slot " + name + ".",
							drop + ReplicationSlot.creation(name, version) + "; or set " + instead
									+ ". Clients then read new snapshots."));
		}
	}

	private SlotState replace(@Nullable SlotState unusable, Consumer<List<BlockingTransaction>> waiting)
			throws InterruptedException {
		if (unusable != null) {
			this.slot.drop();
		}
		return this.slot.create(waiting);
	}

	/**
	 * Takes up the history that the journal holds. What was not acknowledged may not be
	 * visible yet, however long it has been durable.
	 */
	private void goOn(Started started) {
		this.journal.identify(JournalIdentity.of(started.identity(), started.timeline()));
		if (!this.begun) {
			Sequence acknowledged = Sequence.of(started.identity().generation(), started.identity().acknowledged());
			Sequence visible = this.journal.lowWater().max(acknowledged);
			this.hub.resume(this.journal.head(), visible, this.journal.transactionsAfter(visible));
		}
		this.begun = true;
	}

	/**
	 * Why a slot may not be made.
	 * @return the setting under which it may, or {@code null} if it may
	 */
	private @Nullable String refusal(History.Reason reason) {
		if (this.settings.manage() == Manage.VALIDATE) {
			return "kalam.postgres.manage=create";
		}
		boolean lost = reason == History.Reason.SLOT_LOST || reason == History.Reason.SLOT_MISSING;
		return (lost && this.settings.onSlotLost() == OnSlotLost.FAIL) ? "kalam.postgres.on-slot-lost=resync" : null;
	}

	private void move(Started started, Reason reason) {
		Sequence position = Sequence.of(started.identity().generation(), started.after());
		this.journal.restart(position, JournalIdentity.of(started.identity(), started.timeline()));
		if (this.begun) {
			this.hub.restart(position, reason);
		}
		else {
			this.hub.start(position);
		}
		this.begun = true;
	}

	/**
	 * Where capture begins.
	 *
	 * @param identity the identity of this history
	 * @param after the position after which transactions are wanted
	 * @param timeline the timeline that the server's log is written on
	 */
	record Started(Identity identity, Lsn after, int timeline) {

	}

}
