package io.kalam.subscription;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalUnreadableException;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.DroppedErrors;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.TableChangedException;
import io.kalam.snapshot.UnreadableValueException;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.retry.Retry;

/**
 * How the subscriptions of a session start: from a snapshot, from a cursor, or from now.
 * Called under the session's lock.
 */
final class SubscriptionStart {

	private static final Logger logger = LoggerFactory.getLogger(SubscriptionStart.class);

	private static final int MAX_ID_LENGTH = 128;

	/**
	 * Postgres may be away for a moment just when everybody comes back.
	 */
	private static final Retry RETRY = Retry.backoff(4, Duration.ofMillis(200))
		.filter((ex) -> ex instanceof SnapshotException && !(ex instanceof TableChangedException)
				&& !(ex instanceof UnreadableValueException));

	/**
	 * A beat that is waited for fails when capture stops, which may begin again at once.
	 */
	private static final Retry AGAIN = Retry.backoff(4, Duration.ofMillis(200))
		.onRetryExhaustedThrow((spec, last) -> last.failure());

	private final LiveSession session;

	private final SubscriptionEngine engine;

	private final CursorCheck cursors;

	SubscriptionStart(LiveSession session) {
		this.session = session;
		this.engine = session.engine();
		this.cursors = new CursorCheck(this.engine);
	}

	/**
	 * Looks at what can be told from the request alone.
	 * @param request the request
	 * @param used the ids of the subscriptions that there are
	 * @throws SubscriptionFailure if the request is refused
	 */
	void check(SubscribeRequest request, Set<String> used) {
		String id = request.id();
		if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SUBSCRIPTION_ID,
					"A subscription's id has 1 to " + MAX_ID_LENGTH + " characters");
		}
		if (used.contains(id)) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SUBSCRIPTION_ID,
					"The id is in use on this connection; unsubscribe it first or choose another");
		}
		int limit = this.session.settings().maxSubscriptions();
		if (used.size() >= limit) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED,
					"This connection has " + limit + " subscriptions; unsubscribe one first");
		}
	}

	/**
	 * Starts a subscription as its request asks.
	 * @param subscription the new subscription
	 */
	void begin(Subscription subscription) {
		SubscribeRequest request = subscription.request();
		whenStarted(subscription, () -> {
			if (request.from() != null && request.lastRows() == 0 && subscription.query().window() == null) {
				takeUp(subscription, request.from());
			}
			else if (request.snapshot() || subscription.query().window() != null) {
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
		Partition partition = subscription.partition();
		if (partition != null && !this.engine.journal().serves(partition, cursor)) {
			expired(subscription, ResumeOutcome.EXPIRED);
			return;
		}
		decided(subscription, ResumeOutcome.CONTINUED);
		acknowledge(subscription, true, false);
		subscription.resume(cursor);
	}

	/**
	 * Asks the database how far it is.
	 * @param subscription the subscription
	 * @param resumption is told the answer, or that there is none
	 */
	void askForEnd(Subscription subscription, Resumption resumption) {
		subscription.attempts()
			.starting(this.engine.heartbeat()
				.subscribe((end) -> this.session.resume(() -> resumption.databaseEnd(end)), (ex) -> {
					logger.debug("The database could not be asked how far it is", ex);
					resumption.unanswered();
				}));
	}

	/**
	 * Refuses a cursor, or reads a snapshot if the client said so.
	 * @param subscription the subscription
	 * @param outcome why it is refused
	 */
	void expired(Subscription subscription, ResumeOutcome outcome) {
		decided(subscription, outcome);
		if (subscription.request().snapshotIfExpired()) {
			snapshotNow(subscription);
		}
		else {
			this.session.end(subscription, new SubscriptionFailure(ErrorCode.CURSOR_EXPIRED, outcome.message()));
		}
	}

	private void decided(Subscription subscription, ResumeOutcome outcome) {
		this.engine.hub().listener().resumed(outcome);
		subscription.attempts().decided(outcome);
	}

	private void takeUp(Subscription subscription, String from) {
		subscription.attempts().resuming(this.engine.hub().listener().resuming(subscription.query().table().name()));
		Sequence cursor = CursorCheck.parse(from);
		ResumeOutcome refusal = this.cursors.refusal(subscription, cursor);
		if (cursor == null || refusal != null) {
			expired(subscription, (refusal != null) ? refusal : ResumeOutcome.FOREIGN);
			return;
		}
		subscription.awaitJournal(new Resumption(this, subscription, cursor));
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
		Disposable work = subscription.attempts().work();
		subscription.attempts()
			.starting(this.engine.snapshots()
				.read(request)
				.retryWhen(RETRY)
				.subscribe((snapshot) -> deliver(subscription, snapshot, work), (ex) -> failed(subscription, ex), null,
						DroppedErrors.logged(Context.empty())));
	}

	/**
	 * A change of the table that the snapshot holds will not come with the stream again:
	 * a query that was understood before it would show the old columns until the next
	 * one. What was given up while its snapshot was already waiting for the session may
	 * have been allowed other rows than what is starting now.
	 */
	private void deliver(Subscription subscription, Snapshot snapshot, Disposable work) {
		AtomicBoolean taken = new AtomicBoolean();
		this.session.resume(() -> whileStarting(subscription, () -> {
			if (work.isDisposed()) {
				return;
			}
			if (isOutdated(subscription.query().table())) {
				this.session.restart(subscription);
				return;
			}
			deliverNow(subscription, snapshot, work);
			taken.set(true);
		}));
		if (!taken.get()) {
			snapshot.release();
		}
	}

	private void deliverNow(Subscription subscription, Snapshot snapshot, Disposable work) {
		try {
			Sequence boundary = SnapshotBoundary.of(snapshot, this.engine.journal(), this.engine.hub().head());
			subscription.deliver(snapshot, boundary);
		}
		catch (JournalUnreadableException ex) {
			logger.debug("A snapshot waits for the journal", ex);
			subscription.attempts()
				.starting(Mono.delay(JournalRetry.PAUSE)
					.doOnCancel(snapshot::release)
					.subscribe((tick) -> deliver(subscription, snapshot, work)));
		}
	}

	private boolean isOutdated(LiveTable table) {
		LiveTable now = this.engine.tables().find(table.name());
		return now != null && !now.rowType().equals(table.rowType());
	}

	/**
	 * A table may be altered between the time at which a query was understood and the
	 * time at which its rows are read: then the query is understood again.
	 */
	private void failed(Subscription subscription, Throwable cause) {
		if (cause instanceof TableChangedException) {
			tryAgain(subscription, this.engine.refresh(), cause);
		}
		else {
			this.session.resume(() -> end(subscription, cause));
		}
	}

	private void tryAgain(Subscription subscription, Mono<?> first, Throwable cause) {
		this.session.resume(() -> whileStarting(subscription, () -> {
			if (subscription.attempts().tryAgain()) {
				subscription.attempts().starting(first.retryWhen(AGAIN).then().subscribe((nothing) -> {
				}, (ex) -> this.session.resume(() -> end(subscription, ex)), () -> this.session
					.resume(() -> whileStarting(subscription, () -> this.session.restart(subscription)))));
			}
			else {
				end(subscription, cause);
			}
		}));
	}

	private void end(Subscription subscription, Throwable cause) {
		logger.warn("A snapshot of {} could not be read: {}", subscription.query().table().name(), cause.getMessage());
		logger.debug("A snapshot could not be read", cause);
		this.session.end(subscription,
				(cause instanceof UnreadableValueException) ? SubscriptionFailure.unreadable()
						: new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
								"The rows could not be read; try again later", cause));
	}

	private void acknowledge(Subscription subscription, boolean resumed, boolean snapshot) {
		this.session.tell(subscription, new Acknowledged(subscription.id(), subscription.query(),
				SubscriptionEpoch.of(this.engine.epoch().get(), subscription), resumed, snapshot));
	}

	private void whenStarted(Subscription subscription, Runnable work) {
		subscription.attempts()
			.starting(this.engine.hub()
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
			tryAgain(subscription, this.engine.heartbeat(), ex);
		}
	}

}
