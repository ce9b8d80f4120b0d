package io.kalam.subscription;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeUser;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;
import io.kalam.query.QueryException;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.TableChangedException;
import io.kalam.subscription.Subscription.Target;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * How the subscriptions of a session start: what they follow, and from where. Called
 * under the session's lock.
 */
final class SubscriptionStart {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionStart.class);

	private final LiveSession session;

	private final SubscriptionEngine engine;

	SubscriptionStart(LiveSession session) {
		this.session = session;
		this.engine = session.engine();
	}

	/**
	 * Finds out what a request is about.
	 * @param request the request
	 * @param user who asks
	 * @return the query, and the partition that the user may read
	 * @throws SubscriptionFailure if the query is refused, or the table is for this user
	 */
	Target target(SubscribeRequest request, RealtimeUser user) {
		LiveQuery query;
		try {
			query = this.engine.parser()
				.parse(request.sql(), request.params(), (schema, name) -> readable(schema, name, user));
		}
		catch (QueryException ex) {
			throw new SubscriptionFailure(code(ex), String.valueOf(ex.getMessage()), ex);
		}
		return new Target(query, partition(this.engine.access().decide(user, query.table())));
	}

	/**
	 * Whether a subscription may go on.
	 * @param subscription the subscription
	 * @param user who is connected now
	 * @return whether the user may read what the subscription reads
	 */
	boolean isAllowed(Subscription subscription, RealtimeUser user) {
		LiveTable table = subscription.query().table();
		AccessDecision decision = this.engine.access().decide(user, table);
		return !(decision instanceof AccessDecision.Denied)
				&& Objects.equals(partition(decision), subscription.partition());
	}

	/**
	 * Starts a subscription as its request asks.
	 * @param subscription the new subscription
	 */
	void begin(Subscription subscription) {
		SubscribeRequest request = subscription.request();
		whenStarted(subscription, () -> {
			if (request.from() != null && request.lastRows() == 0) {
				takeUp(subscription, request.from());
			}
			else if (request.snapshot()) {
				snapshotNow(subscription);
			}
			else {
				acknowledge(subscription, false, false);
				subscription.catchUp(this.engine.hub().head(), null, null);
			}
		});
	}

	/**
	 * Starts a subscription with a snapshot.
	 * @param subscription the subscription
	 */
	void snapshot(Subscription subscription) {
		whenStarted(subscription, () -> snapshotNow(subscription));
	}

	/**
	 * Goes on from a cursor that the journal has reached.
	 * @param subscription the subscription
	 * @param cursor the cursor
	 */
	void resume(Subscription subscription, Sequence cursor) {
		if (this.engine.journal().lowWater().isAfter(cursor)) {
			expired(subscription, "The cursor is older than what is kept; subscribe again without it");
			return;
		}
		acknowledge(subscription, true, false);
		subscription.catchUp(cursor, cursor, null);
	}

	/**
	 * Refuses a cursor, or reads a snapshot if the client said so.
	 * @param subscription the subscription
	 * @param message why it is refused
	 */
	void expired(Subscription subscription, String message) {
		if (subscription.request().snapshotIfExpired()) {
			snapshotNow(subscription);
		}
		else {
			this.session.end(subscription, new SubscriptionFailure(ErrorCode.CURSOR_EXPIRED, message));
		}
	}

	private void takeUp(Subscription subscription, String from) {
		String epoch = subscription.request().epoch();
		if (epoch != null && !epoch.equals(SubscriptionEpoch.of(this.engine.epoch().get(), subscription).value())) {
			expired(subscription, "The cursor belongs to another history or query; subscribe again without it");
			return;
		}
		Sequence cursor = parse(from);
		Sequence head = this.engine.hub().head();
		if (cursor == null || !cursor.generation().equals(head.generation())) {
			expired(subscription, "The cursor is none of this history; subscribe again without it");
			return;
		}
		Resumption resumption = new Resumption(this, subscription, cursor);
		subscription.await(resumption);
		if (cursor.isAfter(head)) {
			subscription.starting(this.engine.heartbeat()
				.subscribe((end) -> this.session.resume(() -> resumption.databaseEnd(end)),
						(ex) -> logger.debug("The database could not be asked how far it is", ex)));
		}
		resumption.tryNow(head);
	}

	private void snapshotNow(Subscription subscription) {
		acknowledge(subscription, false, true);
		Partition partition = subscription.partition();
		if (partition == null) {
			Sequence head = this.engine.hub().head();
			this.session.tell(subscription, new SubscriptionEvent.Batch(subscription.id(), 0, List.of(), head, false));
			subscription.catchUp(head, head, null);
			return;
		}
		subscription.awaitSnapshot();
		SnapshotRequest request = new SnapshotRequest(partition, subscription.query(),
				subscription.request().lastRows());
		subscription.starting(
				this.engine.snapshots().read(request).subscribe((snapshot) -> deliver(subscription, snapshot), (ex) -> {
					if (ex instanceof TableChangedException && subscription.mayRefresh()) {
						refresh(subscription);
					}
					else {
						failed(subscription, ex);
					}
				}));
	}

	private void deliver(Subscription subscription, Snapshot snapshot) {
		AtomicBoolean taken = new AtomicBoolean();
		this.session.resume(() -> whileStarting(subscription, () -> {
			Sequence boundary = boundary(snapshot);
			subscription.deliver(new SnapshotDelivery(subscription, snapshot, boundary));
			taken.set(true);
		}));
		if (!taken.get()) {
			snapshot.release();
		}
	}

	private void failed(Subscription subscription, Throwable cause) {
		logger.warn("A snapshot of {} could not be read: {}", subscription.query().table().name(), cause.getMessage());
		logger.debug("A snapshot could not be read", cause);
		this.session.resume(() -> this.session.end(subscription, new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
				"The rows could not be read; try again later", cause)));
	}

	/**
	 * A table may be altered between the time at which a query was understood and the
	 * time at which its rows are read: then the query is understood again.
	 */
	private void refresh(Subscription subscription) {
		subscription.starting(this.engine.refresh().subscribe((nothing) -> {
		}, (ex) -> failed(subscription, ex), () -> this.session
			.resume(() -> whileStarting(subscription, () -> this.session.restart(subscription)))));
	}

	/**
	 * The greatest sequence such that every commit at or before it is visible. Commits
	 * come out of the stream before a snapshot can see them, so the head is not it.
	 */
	private Sequence boundary(Snapshot snapshot) {
		Sequence head = this.engine.hub().head();
		Sequence boundary = snapshot.horizon();
		for (TransactionMark mark : this.engine.journal().transactionsAfter(boundary)) {
			if (mark.sequence().isAfter(head)) {
				break;
			}
			if (!snapshot.visibility().sees(mark.xid())) {
				return boundary;
			}
			boundary = mark.sequence();
		}
		return head;
	}

	private void acknowledge(Subscription subscription, boolean resumed, boolean snapshot) {
		this.session.tell(subscription, new Acknowledged(subscription.id(), subscription.query(),
				SubscriptionEpoch.of(this.engine.epoch().get(), subscription), resumed, snapshot));
	}

	private void whenStarted(Subscription subscription, Runnable work) {
		subscription.starting(this.engine.hub()
			.started()
			.then(Mono.fromRunnable(() -> this.session.resume(() -> whileStarting(subscription, work))))
			.subscribe());
	}

	private void whileStarting(Subscription subscription, Runnable work) {
		if (subscription.isEnded() || !subscription.isStarting()) {
			return;
		}
		try {
			work.run();
		}
		catch (JournalExpiredException ex) {
			this.session.end(subscription, new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
					"The history is being forgotten faster than it can be read; try again", ex));
		}
	}

	private @Nullable LiveTable readable(@Nullable String schema, String name, RealtimeUser user) {
		LiveTable table = this.engine.tables().resolve(schema, name);
		if (table == null || this.engine.access().decide(user, table) instanceof AccessDecision.Denied) {
			return null;
		}
		return table;
	}

	private static @Nullable Partition partition(AccessDecision decision) {
		return (decision instanceof AccessDecision.Rows rows) ? rows.partition() : null;
	}

	private static @Nullable Sequence parse(String cursor) {
		try {
			return Sequence.parse(cursor);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	private static ErrorCode code(QueryException ex) {
		return switch (ex.code()) {
			case INVALID_SQL -> ErrorCode.INVALID_SQL;
			case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
			case NOT_FOUND -> ErrorCode.NOT_FOUND;
		};
	}

}
