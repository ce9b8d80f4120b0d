package io.kalam.pipeline;

import java.util.ArrayList;
import java.util.List;

import io.kalam.capture.ChangeSource;
import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.SlotState;
import io.kalam.journal.ChangeJournal;
import io.kalam.sequence.Heartbeat;
import io.kalam.sequence.Identity;
import io.kalam.sequence.IdentityStore;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets the heart beat while capture runs: writes progress into the log, finds out what is
 * visible, and has the slot told what is durable and visible. Who wants a beat now shares
 * the next one with all others who do.
 */
final class Heart {

	private final IdentityStore identities;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final CaptureProgress progress;

	private final List<MonoSink<Lsn>> wanted = new ArrayList<>();

	Heart(IdentityStore identities, ChangeJournal journal, LiveHub hub, CaptureProgress progress) {
		this.identities = identities;
		this.journal = journal;
		this.hub = hub;
		this.progress = progress;
	}

	/**
	 * A beat that begins after the subscription.
	 * @param wake wakes the thread that beats
	 * @return the position of its message
	 */
	Mono<Lsn> next(Runnable wake) {
		return Mono.create((sink) -> {
			synchronized (this.wanted) {
				this.wanted.add(sink);
			}
			wake.run();
		});
	}

	boolean isWanted() {
		synchronized (this.wanted) {
			return !this.wanted.isEmpty();
		}
	}

	/**
	 * Fails who waits for a beat.
	 */
	void fail(String message) {
		take().forEach((sink) -> sink.error(new DatabaseUnavailableException(message, null)));
	}

	/**
	 * Beats once.
	 * @param known the identity as of the last beat
	 * @param timeline the timeline on which the source began
	 * @param source the source to be told what is durable and visible
	 * @return what the database says
	 * @throws HistoryBrokenException if slot or server are not where they have to be
	 */
	Heartbeat beat(Identity known, int timeline, ChangeSource source) {
		List<MonoSink<Lsn>> waiting = take();
		try {
			Lsn settled = settled(known);
			Heartbeat beat = this.identities.beat(known, settled);
			this.progress.beaten(beat);
			check(beat, timeline);
			if (this.journal.position() == null) {
				throw new HistoryBrokenException("the journal is damaged");
			}
			this.journal.identify(JournalIdentity.of(beat.identity(), timeline));
			source.acknowledge(settled);
			this.hub.seen(beat.snapshot());
			waiting.forEach((sink) -> sink.success(beat.message()));
			return beat;
		}
		catch (RuntimeException ex) {
			waiting.forEach((sink) -> sink.error(ex));
			throw ex;
		}
	}

	private List<MonoSink<Lsn>> take() {
		synchronized (this.wanted) {
			List<MonoSink<Lsn>> waiting = List.copyOf(this.wanted);
			this.wanted.clear();
			return waiting;
		}
	}

	private Lsn settled(Identity known) {
		Sequence visible = this.hub.visible();
		Sequence durable = this.journal.durable();
		Sequence settled = durable.isAfter(visible) ? visible : durable;
		return settled.generation().equals(known.generation()) ? settled.lsn() : known.acknowledged();
	}

	private static void check(Heartbeat beat, int timeline) {
		if (beat.server().timeline() != timeline) {
			throw new HistoryBrokenException("the server has left timeline " + timeline);
		}
		SlotState slot = beat.slot();
		if (slot == null) {
			throw new HistoryBrokenException("the slot is gone");
		}
		if (slot.isLost()) {
			throw new HistoryBrokenException("Postgres has given up the slot");
		}
		Lsn confirmed = slot.confirmed();
		if (confirmed != null && confirmed.isAfter(beat.identity().acknowledged())) {
			throw new HistoryBrokenException("the slot was moved");
		}
	}

}
