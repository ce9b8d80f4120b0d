package io.kalam.oracle;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.kalam.subscription.SubscriptionChange;

/**
 * How much an oracle has tried.
 */
final class OracleCounts {

	final AtomicInteger commits = new AtomicInteger();

	final AtomicInteger subscriptions = new AtomicInteger();

	final AtomicInteger snapshots = new AtomicInteger();

	final AtomicInteger resumes = new AtomicInteger();

	final AtomicInteger live = new AtomicInteger();

	final AtomicInteger caughtUp = new AtomicInteger();

	final AtomicInteger parts = new AtomicInteger();

	final AtomicInteger legacyFrames = new AtomicInteger();

	final AtomicInteger folded = new AtomicInteger();

	final AtomicInteger resyncs = new AtomicInteger();

	final AtomicInteger restarts = new AtomicInteger();

	final AtomicInteger kept = new AtomicInteger();

	final AtomicInteger begunAnew = new AtomicInteger();

	final AtomicInteger refusals = new AtomicInteger();

	final AtomicInteger resets = new AtomicInteger();

	final AtomicInteger refills = new AtomicInteger();

	final AtomicInteger decisions = new AtomicInteger();

	final AtomicInteger purges = new AtomicInteger();

	final AtomicInteger events = new AtomicInteger();

	final AtomicInteger ended = new AtomicInteger();

	/** Subscriptions that have ended because their table was denied. */
	final AtomicInteger revoked = new AtomicInteger();

	/** Requests that were refused because their table was denied. */
	final AtomicInteger denied = new AtomicInteger();

	/** Subscriptions that were let in when it was granted again. */
	final AtomicInteger readmitted = new AtomicInteger();

	final AtomicInteger newestEvents = new AtomicInteger();

	final AtomicInteger legacyEvents = new AtomicInteger();

	final AtomicInteger legacyRefusals = new AtomicInteger();

	final AtomicInteger quietMoments = new AtomicInteger();

	final AtomicInteger compared = new AtomicInteger();

	/**
	 * A change was told.
	 */
	void changed(OracleTable table, SubscriptionChange change) {
		this.events.addAndGet(table.isStream() ? 1 : 0);
		this.ended.addAndGet((table == OracleTable.BLINKS && change.row() == null) ? 1 : 0);
	}

	/**
	 * Whether each thing has been tried that it is there for. What comes by chance may
	 * take a few rounds more.
	 */
	boolean complete() {
		return Stream
			.of(this.snapshots, this.resumes, this.restarts, this.kept, this.begunAnew, this.caughtUp,
					this.legacyFrames, this.purges, this.folded, this.events, this.ended, this.revoked, this.denied,
					this.readmitted, this.newestEvents, this.legacyEvents, this.legacyRefusals)
			.allMatch((count) -> count.get() > 0);
	}

	@Override
	public String toString() {
		return this.commits + " commits, " + this.subscriptions + " subscriptions, " + this.snapshots + " snapshots, "
				+ this.resumes + " resumes, " + this.live + " live transactions, " + this.caughtUp + " caught up, "
				+ this.parts + " further parts, " + this.legacyFrames + " legacy frames, " + this.folded
				+ " changes left out, " + this.resyncs + " resyncs, " + this.restarts + " restarts of capture, "
				+ this.kept + " of the engine, " + this.begunAnew + " of the engine without its journal, "
				+ this.refusals + " cursors refused, " + this.resets + " resets, " + this.refills
				+ " refills of windows, " + this.decisions + " decisions about access, " + this.purges
				+ " purges by them, " + this.revoked + " subscriptions ended by them, " + this.denied + " refused, "
				+ this.readmitted + " let in again, " + this.legacyRefusals + " of legacy clients ended or refused, "
				+ this.events + " changes of events, " + this.ended + " of their ends, " + this.newestEvents
				+ " times the newest, " + this.legacyEvents + " told to legacy clients, " + this.quietMoments
				+ " quiet moments, " + this.compared + " results compared";
	}

}
