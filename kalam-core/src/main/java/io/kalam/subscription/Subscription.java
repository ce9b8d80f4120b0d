package io.kalam.subscription;

import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.query.LiveQuery;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionStatus.Stage;
import org.jspecify.annotations.Nullable;

/**
 * One subscription of a session: waits for its snapshot or takes up a cursor, sends the
 * snapshot, catches up from the journal, and is live. All methods but {@link #isEnded()}
 * are called under the session's lock.
 */
final class Subscription {

	private final LiveSession session;

	private final SubscribeRequest request;

	private final SubscriptionWindow window = new SubscriptionWindow();

	private final StartAttempts attempts = new StartAttempts();

	private Target target;

	private Stage stage = Stage.STARTING;

	private @Nullable Resumption resumption;

	private @Nullable SnapshotDelivery delivery;

	private @Nullable CatchUp catchUp;

	private volatile boolean ended;

	Subscription(LiveSession session, SubscribeRequest request, Target target) {
		this.session = session;
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

	Target target() {
		return this.target;
	}

	LiveQuery query() {
		return this.target.query();
	}

	@Nullable Partition partition() {
		return this.target.partition();
	}

	/**
	 * How it is doing.
	 * @param taken how far the live chain has been taken
	 */
	SubscriptionStatus status(Sequence taken) {
		return new SubscriptionStatus(id(), this.request.sql(), query(), this.stage, isLive() ? taken : null);
	}

	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Whether it waits for its snapshot, for history to begin, or for the journal to
	 * reach its cursor.
	 */
	boolean isStarting() {
		return this.stage == Stage.STARTING || this.stage == Stage.WAITING;
	}

	/**
	 * Whether of what it reads from the journal only the latest is told.
	 */
	boolean isFolded() {
		return this.request.isLatest() && (this.catchUp == null || this.catchUp.isExact());
	}

	boolean isLive() {
		return this.stage == Stage.LIVE;
	}

	/**
	 * Whether it has to hear of it when the head moves.
	 */
	boolean isFollowing() {
		return this.stage == Stage.CATCHING_UP || this.stage == Stage.WAITING;
	}

	/**
	 * Whether a way is the one that it is on.
	 */
	boolean isOn(CatchUp way) {
		return this.catchUp == way;
	}

	/**
	 * Where the live chain has to stop so that this subscription can join it.
	 */
	@Nullable Sequence joinAt() {
		return (this.catchUp != null) ? this.catchUp.joinAt() : null;
	}

	/**
	 * Whether a snapshot that was sent holds a transaction.
	 */
	boolean hasInSnapshot(RoutedTransaction transaction) {
		return this.catchUp != null && this.catchUp.hasInSnapshot(transaction);
	}

	StartAttempts attempts() {
		return this.attempts;
	}

	void awaitSnapshot() {
		this.resumption = null;
		this.stage = Stage.STARTING;
	}

	void awaitJournal(Resumption resumption) {
		this.resumption = resumption;
		this.stage = Stage.WAITING;
	}

	void deliver(Snapshot snapshot, Sequence boundary) {
		this.attempts.succeeded();
		this.delivery = new SnapshotDelivery(this, this.window.begin(query(), snapshot), boundary);
		this.stage = Stage.SENDING;
	}

	/**
	 * What its client holds of a window; {@code null} before that, and of other queries.
	 */
	@Nullable LiveWindow window() {
		return this.window.rows();
	}

	/**
	 * Begins to read the journal.
	 * @param after the position after which to begin
	 * @param previous the beginning of the subscription's chain
	 * @param seen what the snapshot held, if there was one
	 */
	void catchUp(Sequence after, @Nullable Sequence previous, @Nullable SeenTransactions seen) {
		begin(new CatchUp(this, after, previous, seen));
	}

	/**
	 * Begins to read the journal at the client's cursor. What it has missed is collapsed
	 * if there is much of it.
	 * @param cursor the cursor
	 */
	void resume(Sequence cursor) {
		CatchUp way = new CatchUp(this, cursor, cursor, null);
		way.resume();
		begin(way);
	}

	private void begin(CatchUp way) {
		this.delivery = null;
		this.resumption = null;
		this.catchUp = way;
		this.stage = Stage.CATCHING_UP;
	}

	void joined() {
		this.catchUp = null;
		this.stage = Stage.LIVE;
		this.attempts.joined();
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
		if (this.resumption != null) {
			this.resumption.tryNow(this.session.engine().hub().head());
		}
		else if (this.delivery != null) {
			return nextBatch(this.delivery);
		}
		else if (this.catchUp != null) {
			return this.catchUp.next();
		}
		return null;
	}

	private @Nullable SubscriptionEvent nextBatch(SnapshotDelivery current) {
		SubscriptionEvent.Batch batch = current.take();
		if (batch != null && !batch.hasMore()) {
			current.release();
			catchUp(batch.boundary(), batch.boundary(), current.seen());
			this.window.check(this);
		}
		return batch;
	}

	/**
	 * Starts again with a snapshot, or ends if the client does not understand that.
	 */
	void reset(Reset.Reason reason) {
		reset(reason, false);
	}

	/**
	 * What the live chain had to tell is lost. Starts again if it is told with it, and
	 * reads what comes behind its own chain again if it was to join it.
	 */
	void chainExpired() {
		if (isLive()) {
			reset(Reset.Reason.EXPIRED);
		}
		else if (this.catchUp != null) {
			this.catchUp.leaveChain();
		}
	}

	/**
	 * Starts again with a snapshot, and has the client forget the rows at once.
	 */
	void purge() {
		reset(Reset.Reason.EXPIRED, true);
	}

	private void reset(Reset.Reason reason, boolean purge) {
		if (forget(reason, purge)) {
			this.session.restart(this);
		}
	}

	private boolean forget(Reset.Reason reason, boolean purge) {
		this.session.engine().hub().listener().reset(reason, purge);
		if (!this.session.settings().transactions()) {
			this.session.end(this, SubscriptionFailure.resyncRequired());
			return false;
		}
		leave();
		this.stage = Stage.STARTING;
		this.session.tell(this, new Reset(id(), reason, purge));
		return true;
	}

	void retarget(Target target) {
		this.target = target;
	}

	/**
	 * Follows something else, because it was decided again what the user may read, unless
	 * that comes to the same rows.
	 */
	void adopt(Target target) {
		if (!target.showsSame(this.target) && forget(Reset.Reason.POLICY, true)) {
			this.target = target;
			this.session.restart(this);
		}
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
			case FAILURE -> this.session.end(this, SubscriptionFailure.notEvaluated());
			case REFILL -> {
				if (forget(Reset.Reason.WINDOW, false)) {
					this.window.refill(this, this.attempts.work());
				}
			}
			case OVERFLOW -> this.session.end(this, SubscriptionFailure.windowTooLarge());
		}
	}

	void end() {
		this.ended = true;
		leave();
	}

	private void leave() {
		Partition partition = partition();
		if (partition != null && (joinAt() != null || this.stage == Stage.LIVE)) {
			this.session.engine().hub().detach(this, partition);
		}
		this.attempts.cancel();
		if (this.delivery != null) {
			this.delivery.release();
			this.delivery = null;
		}
		this.resumption = null;
		this.catchUp = null;
		this.window.forget();
	}

}
