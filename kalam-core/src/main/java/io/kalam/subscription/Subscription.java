package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.kalam.journal.JournalExpiredException;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQuery;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;

/**
 * One subscription of a session: reads a snapshot or takes up a cursor, catches up from
 * the journal, and joins the live chain. All methods but {@link #isEnded()} are called
 * under the session's lock.
 */
final class Subscription {

	private static final long PAGE_BYTES = 256 * 1024;

	private static final int MAX_PAGES = 16;

	private final LiveSession session;

	private final SubscribeRequest request;

	private final SubscriptionEngine engine;

	private Target target;

	private Phase phase = Phase.STARTING;

	private Disposable.Composite starting = Disposables.composite();

	private @Nullable Resumption resumption;

	private boolean refreshed;

	private @Nullable SnapshotDelivery delivery;

	private @Nullable SeenTransactions seen;

	private final Deque<LiveTransaction> replayed = new ArrayDeque<>();

	private @Nullable Parts parts;

	private @Nullable Sequence previous;

	private Sequence position = Sequence.ZERO;

	private @Nullable Sequence joinAt;

	private volatile boolean ended;

	Subscription(LiveSession session, SubscribeRequest request, Target target) {
		this.session = session;
		this.engine = session.engine();
		this.request = request;
		this.target = target;
	}

	String id() {
		return this.request.id();
	}

	LiveSession session() {
		return this.session;
	}

	SubscribeRequest request() {
		return this.request;
	}

	LiveQuery query() {
		return this.target.query();
	}

	@Nullable Partition partition() {
		return this.target.partition();
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Whether it waits for its snapshot, or for history to begin.
	 */
	boolean isStarting() {
		return this.phase == Phase.STARTING || this.phase == Phase.WAITING;
	}

	boolean isLive() {
		return this.phase == Phase.LIVE;
	}

	/**
	 * Whether it waits for the head to move.
	 */
	boolean isCatchingUp() {
		return this.phase == Phase.CATCHING_UP || this.phase == Phase.WAITING;
	}

	/**
	 * Where the live chain has to stop so that this subscription can join it.
	 */
	@Nullable Sequence joinAt() {
		return this.joinAt;
	}

	/**
	 * Whether a snapshot that was sent holds a transaction.
	 */
	boolean hasInSnapshot(RoutedTransaction transaction) {
		return this.seen != null && this.seen.contains(transaction);
	}

	/**
	 * Begins to read the journal.
	 * @param after the position after which to begin
	 * @param previous the beginning of the subscription's chain
	 * @param seen what the snapshot held, if there was one
	 */
	void catchUp(Sequence after, @Nullable Sequence previous, @Nullable SeenTransactions seen) {
		this.delivery = null;
		this.resumption = null;
		this.seen = seen;
		this.position = after;
		this.previous = previous;
		this.phase = Phase.CATCHING_UP;
	}

	/**
	 * Begins to wait until the journal has caught up with the client's cursor.
	 */
	void await(Resumption resumption) {
		this.resumption = resumption;
		this.phase = Phase.WAITING;
	}

	/**
	 * Begins to send a snapshot.
	 */
	void deliver(SnapshotDelivery delivery) {
		this.refreshed = false;
		this.delivery = delivery;
		this.phase = Phase.SENDING;
	}

	void nextBatch() {
		if (this.delivery != null) {
			this.delivery.request();
		}
	}

	/**
	 * The next event of this subscription alone.
	 */
	@Nullable SubscriptionEvent next() {
		return switch (this.phase) {
			case STARTING, LIVE -> null;
			case WAITING -> nextWaiting();
			case SENDING -> nextBatchEvent();
			case CATCHING_UP -> nextReplayed();
		};
	}

	/**
	 * Starts again with a snapshot, or ends if the client does not understand that.
	 */
	void reset(Reset.Reason reason) {
		if (!this.session.settings().transactions()) {
			this.session.end(this, new SubscriptionFailure(ErrorCode.RESYNC_REQUIRED,
					"The rows can no longer be kept up to date; subscribe again"));
			return;
		}
		leave();
		this.phase = Phase.STARTING;
		this.session.tell(this, new Reset(id(), reason, false));
		this.session.restart(this);
	}

	/**
	 * Keeps what has to be cancelled if the subscription ends or starts again before it
	 * has started.
	 */
	void starting(Disposable work) {
		this.starting.add(work);
	}

	/**
	 * Begins to wait for a snapshot.
	 */
	void awaitSnapshot() {
		this.resumption = null;
		this.phase = Phase.STARTING;
	}

	/**
	 * Whether the catalog may be read again for its sake: once for each start, so that a
	 * table that never settles ends the subscription.
	 */
	boolean mayRefresh() {
		boolean may = !this.refreshed;
		this.refreshed = true;
		return may;
	}

	void retarget(Target target) {
		this.target = target;
	}

	/**
	 * The table's changes can't be followed across a commit.
	 */
	void interrupt(Outcome.Interruption interruption) {
		if (this.ended) {
			return;
		}
		switch (interruption) {
			case RESET -> reset(Reset.Reason.SCHEMA);
			case FAILURE -> this.session.end(this,
					new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED, "A change could not be evaluated"));
		}
	}

	void end() {
		this.ended = true;
		leave();
	}

	private void leave() {
		Partition partition = partition();
		if (partition != null && (this.joinAt != null || this.phase == Phase.LIVE)) {
			this.engine.hub().detach(this, partition);
		}
		this.starting.dispose();
		this.starting = Disposables.composite();
		if (this.delivery != null) {
			this.delivery.release();
			this.delivery = null;
		}
		this.resumption = null;
		this.joinAt = null;
		this.parts = null;
		this.seen = null;
		this.replayed.clear();
	}

	private @Nullable SubscriptionEvent nextWaiting() {
		if (this.resumption != null) {
			this.resumption.tryNow(this.engine.hub().head());
		}
		return null;
	}

	private @Nullable SubscriptionEvent nextBatchEvent() {
		SnapshotDelivery current = this.delivery;
		if (current == null) {
			return null;
		}
		SubscriptionEvent.Batch batch = current.take();
		if (batch != null && !batch.hasMore()) {
			current.release();
			catchUp(batch.boundary(), batch.boundary(), current.seen());
		}
		return batch;
	}

	private @Nullable SubscriptionEvent nextReplayed() {
		for (int page = 0; page < MAX_PAGES && !this.ended; page++) {
			SubscriptionEvent event = nextPart();
			if (event != null) {
				return event;
			}
			if (this.phase != Phase.CATCHING_UP) {
				return null;
			}
			Sequence head = (this.joinAt != null) ? this.joinAt : this.engine.hub().head();
			if (head.isAfter(this.position)) {
				readPage(head);
			}
			else if (this.joinAt != null) {
				return join(this.joinAt);
			}
			else if (!attach()) {
				return null;
			}
		}
		this.session.wake();
		return null;
	}

	private @Nullable SubscriptionEvent nextPart() {
		while (this.parts != null || !this.replayed.isEmpty()) {
			Parts current = (this.parts != null) ? this.parts : new Parts(id(), this.replayed.remove(), this.previous);
			this.parts = current;
			SubscriptionEvent event = current.next();
			if (event != null) {
				this.previous = current.sequence();
				return event;
			}
			this.parts = null;
			current.interrupt();
		}
		return null;
	}

	private void readPage(Sequence upTo) {
		Partition partition = partition();
		if (partition == null) {
			this.position = upTo;
			return;
		}
		try {
			Replay page = Replay.read(this.engine.journal(), partition, List.of(this), this.position, upTo, PAGE_BYTES);
			this.replayed.addAll(page.transactions());
			this.position = page.reached();
		}
		catch (JournalExpiredException ex) {
			reset(Reset.Reason.EXPIRED);
		}
	}

	private boolean attach() {
		if (this.seen != null && !this.seen.isPassedBy(this.position)) {
			this.session.beat(this.seen.fence());
			return false;
		}
		this.seen = null;
		Partition partition = partition();
		this.joinAt = (partition != null) ? this.engine.hub().attach(this, partition) : this.engine.hub().head();
		return true;
	}

	private @Nullable SubscriptionEvent join(Sequence sequence) {
		if (!this.session.chain().isCompleteUpTo(sequence)) {
			return null;
		}
		this.joinAt = null;
		this.phase = Phase.LIVE;
		this.session.tellAll(this.session.chain().mark(sequence));
		this.session.tell(this, new SubscriptionEvent.Mark(id(), sequence, this.previous));
		return null;
	}

	private enum Phase {

		STARTING, WAITING, SENDING, CATCHING_UP, LIVE

	}

	/**
	 * What a subscription follows.
	 *
	 * @param query the live query
	 * @param partition the partition, or {@code null} if no row can be the user's
	 */
	record Target(LiveQuery query, @Nullable Partition partition) {

	}

}
