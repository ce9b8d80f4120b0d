package io.kalam.subscription;

import java.util.List;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.jspecify.annotations.Nullable;

/**
 * The way of one subscription from its boundary or cursor to the live chain. Reads its
 * partition from the journal, without what the snapshot held, until it is level with the
 * hub and the snapshot's fence lies behind; then takes the hub's position with attaching
 * to it, reads up to there, and joins as soon as the live chain is there too. Used under
 * the session's lock.
 */
final class CatchUp {

	private static final int MAX_PAGES = 16;

	private final Subscription subscription;

	private final LiveSession session;

	private final SubscriptionEngine engine;

	private final @Nullable Partition partition;

	private final FoldingQueue replayed = new FoldingQueue();

	private final WindowFold windows = new WindowFold((subscription) -> subscription.isOn(this));

	private @Nullable Parts parts;

	private @Nullable Sequence previous;

	private @Nullable SeenTransactions seen;

	private @Nullable MissedHistory missed;

	private boolean exact = true;

	private JournalPlace position;

	private @Nullable Sequence joinAt;

	/**
	 * A way that begins.
	 * @param subscription the subscription
	 * @param after the position after which to begin
	 * @param previous the beginning of the subscription's chain
	 * @param seen what the snapshot held, if there was one
	 */
	CatchUp(Subscription subscription, Sequence after, @Nullable Sequence previous, @Nullable SeenTransactions seen) {
		this.subscription = subscription;
		this.session = subscription.session();
		this.engine = subscription.session().engine();
		this.partition = subscription.partition();
		this.position = JournalPlace.behind(after);
		this.previous = previous;
		this.seen = seen;
	}

	/**
	 * Begins at the client's cursor. What comes next is collapsed if there is much of it.
	 * A client that knows no marks may hold more than its cursor says, of what its
	 * snapshot had seen: it is told each change, so that it comes to the same in the end.
	 */
	void resume() {
		this.exact = this.session.settings().transactions();
		if (this.exact && this.partition != null && this.engine.collapseAfter() != SubscriptionEngine.NEVER) {
			this.missed = new MissedHistory(this.subscription, this.partition, this.position);
		}
	}

	/**
	 * Where the live chain has to stop so that the subscription can join it.
	 */
	@Nullable Sequence joinAt() {
		return this.joinAt;
	}

	/**
	 * Whether the client holds exactly what was told before, so that what comes next may
	 * be made of several changes.
	 */
	boolean isExact() {
		return this.exact;
	}

	boolean hasInSnapshot(RoutedTransaction transaction) {
		return this.seen != null && this.seen.contains(transaction);
	}

	/**
	 * The next event.
	 * @return the next event, or {@code null} if there is none for now, or the
	 * subscription has joined, has been reset or has ended
	 */
	@Nullable SubscriptionEvent next() {
		for (int page = 0; page < MAX_PAGES; page++) {
			SubscriptionEvent event = nextPart();
			if (event != null) {
				return event;
			}
			if (!this.subscription.isOn(this)) {
				return null;
			}
			Sequence head = (this.joinAt != null) ? this.joinAt : this.engine.hub().head();
			if (this.position.compareTo(JournalPlace.behind(head)) < 0) {
				readPage(head);
			}
			else if (this.joinAt != null) {
				join(this.joinAt);
				return null;
			}
			else if (!attach()) {
				return null;
			}
		}
		this.session.wake();
		return null;
	}

	private @Nullable SubscriptionEvent nextPart() {
		while (true) {
			if (this.parts != null) {
				SubscriptionEvent event = this.parts.next();
				if (event != null) {
					this.previous = this.parts.sequence();
					return event;
				}
			}
			if (this.parts != null && !this.parts.isUnfinished()) {
				Parts taken = this.parts;
				this.parts = null;
				if (taken.interrupt()) {
					return null;
				}
			}
			LiveTransaction replay = this.replayed.take();
			if (replay == null) {
				return null;
			}
			LiveTransaction transaction = this.windows.fold(replay);
			if (this.parts != null) {
				this.parts.extend(transaction);
			}
			else {
				this.parts = new Parts(this.subscription.id(), transaction, this.previous);
			}
		}
	}

	private void readPage(Sequence upTo) {
		if (this.partition == null) {
			this.position = JournalPlace.behind(upTo);
			return;
		}
		try {
			Replay page = read(this.partition, upTo, LiveChain.pageBytes(this.session.settings().maxBuffer()));
			page.transactions().forEach(this.replayed::add);
			this.position = page.reached();
		}
		catch (JournalExpiredException ex) {
			this.subscription.reset(Reset.Reason.EXPIRED);
		}
	}

	private Replay read(Partition of, Sequence upTo, long bytes) {
		if (this.missed == null) {
			return Replay.read(this.engine.journal(), of, List.of(this.subscription), this.position, upTo, bytes);
		}
		Replay page = this.missed.read(this.engine.journal(), this.position, upTo, bytes);
		this.missed = this.missed.isOver() ? null : this.missed;
		return page;
	}

	private boolean attach() {
		if (this.seen != null && !this.seen.isPassedBy(this.position.sequence())) {
			this.session.beat(this.seen.fence());
			return false;
		}
		this.seen = null;
		LiveHub hub = this.engine.hub();
		this.joinAt = (this.partition != null) ? hub.attach(this.subscription, this.partition) : hub.head();
		return true;
	}

	/**
	 * Goes on by itself: what the live chain would have told behind the place at which to
	 * join is lost.
	 */
	void leaveChain() {
		if (this.joinAt != null && this.partition != null) {
			this.engine.hub().detach(this.subscription, this.partition);
		}
		this.joinAt = null;
	}

	private void join(Sequence sequence) {
		if (this.session.chain().isCompleteUpTo(sequence)) {
			SubscriptionEvent.Mark joint = this.session.chain().mark(sequence);
			this.session.tellAll(joint);
			this.session.tell(this.subscription,
					new SubscriptionEvent.Mark(this.subscription.id(), joint.sequence(), this.previous));
			this.subscription.joined();
		}
	}

}
