package io.kalam.subscription;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.TableName;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Hands what was appended to the journal to the live subscriptions that it concerns. The
 * subscriptions of a change are found by its partition and by its values; equal queries
 * of a partition are evaluated once, and a row is encoded once for each distinct
 * projection. What a change costs depends on those who want its values, not on how many
 * others there are.
 * <p>
 * One thread publishes. It never waits for a session.
 */
public final class LiveHub {

	/**
	 * Looking a value up costs about as much as a few evaluations.
	 */
	private static final int INDEXED_FROM = 8;

	private final SubscriptionListener listener;

	private final Object lock = new Object();

	private final LiveViews views;

	private final BareCursors bareCursors = new BareCursors();

	private final LiveSessions sessions = new LiveSessions();

	private final PublishedHistory history = new PublishedHistory();

	private final Sinks.Empty<Void> started = Sinks.empty();

	/**
	 * A hub that nobody listens to.
	 */
	public LiveHub() {
		this(SubscriptionListener.NONE, INDEXED_FROM);
	}

	/**
	 * A hub that does not know yet where history begins.
	 * @param listener is told what becomes of subscriptions
	 */
	public LiveHub(SubscriptionListener listener) {
		this(listener, INDEXED_FROM);
	}

	/**
	 * A hub that does not know yet where history begins.
	 * @param indexedFrom from how many different queries of a partition on they are
	 * indexed
	 */
	LiveHub(int indexedFrom) {
		this(SubscriptionListener.NONE, indexedFrom);
	}

	private LiveHub(SubscriptionListener listener, int indexedFrom) {
		this.listener = listener;
		this.views = new LiveViews(indexedFrom);
	}

	/**
	 * Says where history begins. Until then nothing can be subscribed to.
	 * @param position the position after which transactions will be published
	 */
	public void start(Sequence position) {
		resume(position, position, List.of());
	}

	/**
	 * Says where history goes on. Until history has begun nothing can be subscribed to.
	 * @param position the position after which transactions will be published
	 * @param visibleTo a position up to which every snapshot sees everything
	 * @param unseenYet the transactions between the two
	 */
	public void resume(Sequence position, Sequence visibleTo, List<TransactionMark> unseenYet) {
		synchronized (this.lock) {
			this.history.resume(position, visibleTo, unseenYet);
		}
		this.started.tryEmitEmpty();
	}

	/**
	 * Publishes a transaction that the journal holds. Those at or before the head are
	 * left out.
	 * @param transaction the next transaction
	 */
	public void publish(RoutedTransaction transaction) {
		Map<LiveSession, List<Entry>> touched = new HashMap<>();
		synchronized (this.lock) {
			if (!this.history.isAhead(transaction.sequence())) {
				return;
			}
			transaction.changes().forEach((change) -> this.views.evaluate(change, touched));
			touched.forEach((session, entries) -> session.feed()
				.offer(new LiveTransaction(transaction.sequence(), transaction.commitTime(), entries)));
			this.history.add(new TransactionMark(transaction.sequence(), transaction.xid()));
		}
		touched.keySet().forEach(LiveSession::wake);
		this.sessions.wakeFollowers();
	}

	/**
	 * Publishes a transaction that the journal holds and that does not fit into memory:
	 * the sessions that it may concern read it from the journal. One at or before the
	 * head is left out.
	 * @param mark the transaction
	 * @param changed the tables that it has changed
	 */
	public void publish(TransactionMark mark, Set<TableName> changed) {
		Set<LiveSession> touched;
		synchronized (this.lock) {
			if (!this.history.isAhead(mark.sequence())) {
				return;
			}
			touched = this.views.sessions(changed);
			touched.forEach((session) -> session.feed().close());
			this.history.add(mark);
		}
		touched.forEach(LiveSession::wake);
		this.sessions.wakeFollowers();
	}

	/**
	 * Says that nothing was committed up to a position that has not been published.
	 * @param position the position; ignored if it is not after the head
	 */
	public void advance(Sequence position) {
		synchronized (this.lock) {
			if (!this.history.isAhead(position)) {
				return;
			}
			this.history.advance(position);
		}
		this.sessions.wakeFollowers();
	}

	/**
	 * Says what a snapshot of the database could see: whatever it has seen, every later
	 * snapshot sees.
	 * @param snapshot a snapshot that was taken after the last one that this method was
	 * told of
	 */
	public void seen(TransactionSnapshot snapshot) {
		synchronized (this.lock) {
			this.history.seen(snapshot);
		}
	}

	/**
	 * Goes on behind a gap in history: every subscription starts again.
	 * @param position the position after which transactions will be published
	 * @param reason why there is a gap
	 */
	public void restart(Sequence position, SubscriptionEvent.Reset.Reason reason) {
		start(position);
		this.sessions.forEach((session) -> session.resetAll(reason));
	}

	/**
	 * Has every subscription to a table start again, and refuses cursors from before that
	 * come without their epoch.
	 * @param table a table of which some changes have not been published, and that is
	 * subscribed to by its new lineage from now on
	 */
	public void reset(TableName table) {
		this.bareCursors.refuse(table);
		this.sessions.forEach((session) -> session.reset(table));
		this.bareCursors.accept(table, this.history.head());
	}

	/**
	 * Says that nobody knows whether a table was replaced before a position: cursors from
	 * before it that come without their epoch are refused.
	 * @param position the position
	 */
	public void unknownBefore(Sequence position) {
		this.bareCursors.refuseBefore(position);
	}

	/**
	 * Whether a cursor that comes without its epoch is of the table as it is.
	 */
	boolean vouchesFor(TableName table, Sequence cursor) {
		return this.bareCursors.isGood(table, cursor);
	}

	/**
	 * Has every subscription to some partitions forget its rows and start again.
	 * @param partitions partitions that have been purged
	 */
	public void purge(Collection<Partition> partitions) {
		this.sessions.forEach((session) -> session.purge(partitions));
	}

	/**
	 * The position up to which everything has been published.
	 * @return the head
	 */
	public Sequence head() {
		return this.history.head();
	}

	/**
	 * A position up to which everything can be seen by every snapshot that is taken from
	 * now on.
	 * @return a position at or before the head
	 */
	public Sequence visible() {
		return this.history.visible();
	}

	/**
	 * How many sessions there are.
	 * @return the number of open sessions
	 */
	public int sessionCount() {
		return this.sessions.count();
	}

	/**
	 * How the open sessions are doing. Asks one after the other.
	 * @return a status for each, in no order
	 */
	public List<SessionStatus> sessionStatuses() {
		return this.sessions.statuses();
	}

	SubscriptionListener listener() {
		return this.listener;
	}

	/**
	 * Completes when history has begun.
	 * @return a mono without a value
	 */
	Mono<Void> started() {
		return this.started.asMono();
	}

	LiveSessions sessions() {
		return this.sessions;
	}

	/**
	 * Attaches a subscription: every transaction after the position that is returned, and
	 * none before it, is offered to its session's feed.
	 * @param subscription the subscription
	 * @param partition its partition
	 * @return the head at that moment
	 */
	Sequence attach(Subscription subscription, Partition partition) {
		synchronized (this.lock) {
			this.views.add(subscription, partition);
			subscription.session().feed().seal();
			return this.history.head();
		}
	}

	void detach(Subscription subscription, Partition partition) {
		synchronized (this.lock) {
			this.views.remove(subscription, partition);
		}
	}

	/**
	 * Opens a session's feed again.
	 * @param feed the feed
	 * @return the head at that moment: the feed takes everything after it
	 */
	Sequence open(LiveFeed feed) {
		synchronized (this.lock) {
			feed.open();
			return this.history.head();
		}
	}

}
