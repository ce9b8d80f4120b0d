package io.kalam.sequence;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.sequence.History.NewGeneration;
import io.kalam.sequence.History.Reason;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Decides how history goes on, by one inequality: <i>slot's confirmed position ≤ last
 * durable commit ≤ server's flushed position</i>, in the same cluster, on a timeline that
 * contains the commit. A pure function.
 * <p>
 * Where there is no journal, the position that was recorded as acknowledged stands for
 * the last durable commit. A slot that is ahead of the journal but not of that record was
 * read on by another node of ours.
 */
public final class HistoryCheck {

	private final HistoryEvidence evidence;

	private HistoryCheck(HistoryEvidence evidence) {
		this.evidence = evidence;
	}

	/**
	 * Decides.
	 * @param evidence what is known; a slot in it is one that was completely made
	 * @return how history goes on
	 */
	public static History decide(HistoryEvidence evidence) {
		return new HistoryCheck(evidence).decide();
	}

	private History decide() {
		Sighting sighting = this.evidence.sighting();
		Identity identity = sighting.identity();
		SlotState slot = sighting.slot();
		if (identity == null) {
			return (slot != null)
					? because(Reason.IDENTITY_MISSING, "There is no record of who has read slot " + slot.name() + ".")
					: because(Reason.FIRST_START, "There is no history yet.");
		}
		History moved = place(identity, sighting.server());
		if (moved != null) {
			return moved;
		}
		if (slot == null) {
			return because(Reason.SLOT_MISSING, "The slot " + identity.slot() + " is gone.");
		}
		History unusable = slot(identity, slot);
		return (unusable != null) ? unusable : positions(identity, slot);
	}

	private @Nullable History place(Identity identity, ServerState server) {
		if (identity.systemIdentifier() != server.systemIdentifier()) {
			return because(Reason.OTHER_SERVER, "The database has come from the cluster " + identity.systemIdentifier()
					+ " to the cluster " + server.systemIdentifier() + ".");
		}
		if (identity.databaseOid() != server.databaseOid()) {
			return because(Reason.OTHER_DATABASE, "The database is a copy of another one in the same cluster.");
		}
		return null;
	}

	private @Nullable History slot(Identity identity, SlotState slot) {
		if (slot.isLost()) {
			String why = (slot.invalidationReason() != null) ? slot.invalidationReason() : "wal_removed";
			return because(Reason.SLOT_LOST, "Postgres has given up the slot " + slot.name() + " (" + why + ").");
		}
		if (identity.publicationOid() != this.evidence.publicationOid()) {
			return because(Reason.PUBLICATION_REPLACED, "The publication was dropped and created again.");
		}
		if (beyondLog(slot)) {
			return because(Reason.SLOT_BEYOND_LOG, "The slot " + slot.name() + " has confirmed " + slot.confirmed()
					+ ", and the log ends at " + this.evidence.sighting().server().flushed() + ".");
		}
		return null;
	}

	private History positions(Identity identity, SlotState slot) {
		Lsn confirmed = confirmed(slot);
		Lsn end = this.evidence.sighting().server().flushed();
		if (identity.acknowledged().isAfter(end)) {
			return because(Reason.DATABASE_WENT_BACK,
					"The log ends at " + end + ", and was already read up to " + identity.acknowledged() + ".");
		}
		JournalPosition journal = this.evidence.journal();
		if (journal != null && lacks(identity, journal)) {
			return because(Reason.DATABASE_WENT_BACK,
					"The journal holds commits up to " + journal.durable() + " that the database doesn't have.");
		}
		if (journal != null && journal.incarnation().equals(identity.incarnation())
				&& !confirmed.isAfter(journal.durable())) {
			return new History.Continue(journal.durable());
		}
		if (confirmed.isAfter(identity.acknowledged())) {
			return because(Reason.SLOT_MOVED, "The slot " + slot.name() + " has confirmed " + confirmed
					+ ", and nothing behind " + identity.acknowledged() + " was acknowledged by us.");
		}
		return new History.StartEmpty(confirmed);
	}

	private boolean lacks(Identity identity, JournalPosition journal) {
		if (!journal.incarnation().equals(identity.incarnation())) {
			return journal.generation().value() > identity.generation().value();
		}
		return journal.heartbeat() > identity.heartbeat()
				|| journal.durable().isAfter(this.evidence.sighting().server().flushed())
				|| !this.evidence.timelines().contains(journal.timeline(), journal.durable());
	}

	private NewGeneration because(Reason reason, String message) {
		SlotState slot = this.evidence.sighting().slot();
		boolean replace = slot != null && (slot.isLost() || beyondLog(slot) || predatesPublication());
		JournalPosition journal = this.evidence.journal();
		return new NewGeneration(reason, (journal != null) ? journal.generation() : new Generation(0), replace,
				message);
	}

	private boolean predatesPublication() {
		Identity identity = this.evidence.sighting().identity();
		boolean known = identity != null && identity.publicationOid() == this.evidence.publicationOid();
		return !known && this.evidence.slotPredatesPublication();
	}

	private boolean beyondLog(SlotState slot) {
		return confirmed(slot).isAfter(this.evidence.sighting().server().flushed());
	}

	private static Lsn confirmed(SlotState slot) {
		Lsn confirmed = slot.confirmed();
		Assert.state(confirmed != null, "A slot that is being made has no history");
		return confirmed;
	}

}
