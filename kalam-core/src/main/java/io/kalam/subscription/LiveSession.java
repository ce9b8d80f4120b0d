package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.journal.JournalExpiredException;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The session behind a connection. One lock guards all of its state; it is held for short
 * pieces of work and never while the client, the database or another session is waited
 * for. The hub reaches a session only through its feed, which has a lock of its own.
 */
final class LiveSession implements SubscriptionSession {

	private static final int MAX_ID_LENGTH = 128;

	private final SubscriptionEngine engine;

	private final SessionSettings settings;

	private final Runnable available;

	private final ReentrantLock lock = new ReentrantLock();

	private final Map<String, Subscription> subscriptions = new LinkedHashMap<>();

	private final Deque<Told> outbox = new ArrayDeque<>();

	private final LiveFeed feed;

	private final LiveChain chain;

	private final SubscriptionStart start;

	private RealtimeUser user;

	private int turn;

	private boolean markWanted;

	private boolean following;

	private boolean wakeLater;

	private @Nullable Disposable beat;

	private Lsn beatFor = Lsn.ZERO;

	private boolean closed;

	LiveSession(SubscriptionEngine engine, RealtimeUser user, SessionSettings settings, Runnable available) {
		this.engine = engine;
		this.user = user;
		this.settings = settings;
		this.available = available;
		this.feed = new LiveFeed(settings.maxBuffer());
		this.chain = new LiveChain(engine, this.feed);
		this.start = new SubscriptionStart(this);
	}

	SubscriptionEngine engine() {
		return this.engine;
	}

	SessionSettings settings() {
		return this.settings;
	}

	LiveFeed feed() {
		return this.feed;
	}

	LiveChain chain() {
		return this.chain;
	}

	@Override
	public void subscribe(SubscribeRequest request) {
		resume(() -> {
			try {
				check(request);
				Subscription subscription = new Subscription(this, request, this.start.target(request, this.user));
				this.subscriptions.put(request.id(), subscription);
				this.start.begin(subscription);
			}
			catch (SubscriptionFailure ex) {
				this.outbox.add(new Told(null, ex.of(request.id())));
			}
		});
	}

	@Override
	public void unsubscribe(String id) {
		resume(() -> {
			Subscription subscription = this.subscriptions.remove(id);
			if (subscription != null) {
				subscription.end();
			}
		});
	}

	@Override
	public void nextBatch(String id) {
		resume(() -> {
			Subscription subscription = this.subscriptions.get(id);
			if (subscription != null) {
				subscription.nextBatch();
			}
		});
	}

	@Override
	public void reauthorize(RealtimeUser user) {
		resume(() -> {
			this.user = user;
			for (Subscription subscription : List.copyOf(this.subscriptions.values())) {
				if (!this.start.isAllowed(subscription, user)) {
					end(subscription,
							new SubscriptionFailure(ErrorCode.UNAUTHORIZED, "The table may no longer be read"));
				}
			}
		});
	}

	@Override
	public void mark() {
		resume(() -> this.markWanted = true);
	}

	@Override
	public @Nullable SubscriptionEvent poll() {
		this.lock.lock();
		try {
			SubscriptionEvent event = this.closed ? null : next();
			follow();
			return event;
		}
		finally {
			unlock();
		}
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.subscriptions.values().forEach(Subscription::end);
			this.subscriptions.clear();
			this.outbox.clear();
			this.feed.close();
			if (this.beat != null) {
				this.beat.dispose();
			}
		}
		finally {
			this.lock.unlock();
		}
		this.engine.hub().deregister(this);
	}

	/**
	 * Starts every subscription again.
	 */
	void resetAll(Reset.Reason reason) {
		resume(() -> {
			this.chain.restart();
			List.copyOf(this.subscriptions.values()).forEach((subscription) -> subscription.reset(reason));
		});
	}

	/**
	 * Tells the client something, unless the subscription ends before it is polled.
	 */
	void tell(Subscription subscription, SubscriptionEvent event) {
		this.outbox.add(new Told(subscription, event));
	}

	/**
	 * Tells the client something that is about all live subscriptions.
	 */
	void tellAll(SubscriptionEvent event) {
		this.outbox.add(new Told(null, event));
	}

	/**
	 * Starts a subscription again with what the table and the access are now.
	 */
	void restart(Subscription subscription) {
		try {
			subscription.retarget(this.start.target(subscription.request(), this.user));
			this.start.snapshot(subscription);
		}
		catch (SubscriptionFailure ex) {
			end(subscription, ex);
		}
	}

	void end(Subscription subscription, SubscriptionFailure reason) {
		if (this.subscriptions.remove(subscription.id(), subscription)) {
			subscription.end();
			this.outbox.add(new Told(null, reason.of(subscription.id())));
		}
	}

	/**
	 * Does something under the lock, unless the session is closed, and has it polled.
	 */
	void resume(Runnable work) {
		this.lock.lock();
		try {
			if (this.closed) {
				return;
			}
			work.run();
			follow();
			this.wakeLater = true;
		}
		finally {
			unlock();
		}
	}

	/**
	 * Has the session polled, now or as soon as the lock is free.
	 */
	void wake() {
		if (this.lock.isHeldByCurrentThread()) {
			this.wakeLater = true;
		}
		else {
			this.available.run();
		}
	}

	/**
	 * Has the head move to a position soon, also if nothing is committed.
	 */
	void beat(Lsn position) {
		if (position.isAfter(this.beatFor) && (this.beat == null || this.beat.isDisposed())) {
			this.beat = this.engine.heartbeat().subscribe((end) -> resume(() -> this.beatFor = end), (ex) -> {
			});
		}
	}

	private void check(SubscribeRequest request) {
		String id = request.id();
		if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SUBSCRIPTION_ID,
					"A subscription's id has 1 to " + MAX_ID_LENGTH + " characters");
		}
		if (this.subscriptions.containsKey(id)) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SUBSCRIPTION_ID,
					"The id is in use on this connection; unsubscribe it first or choose another");
		}
		if (this.subscriptions.size() >= this.settings.maxSubscriptions()) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_LIMIT_EXCEEDED, "This connection has "
					+ this.settings.maxSubscriptions() + " subscriptions; unsubscribe one first");
		}
	}

	private @Nullable SubscriptionEvent next() {
		SubscriptionEvent event;
		do {
			event = nextTold();
			event = (event != null) ? event : nextInTurn();
			event = (event != null || this.outbox.isEmpty()) ? event : nextTold();
			event = (event != null) ? event : nextMark();
		}
		while (event instanceof SubscriptionEvent.Mark && !this.settings.transactions());
		return event;
	}

	private @Nullable SubscriptionEvent nextTold() {
		Told told = this.outbox.poll();
		while (told != null && told.subscription() != null && told.subscription().isEnded()) {
			told = this.outbox.poll();
		}
		return (told != null) ? told.event() : null;
	}

	/**
	 * The live chain and the subscriptions that are on their own take turns, so that a
	 * long snapshot does not hold up live changes, nor they it.
	 */
	private @Nullable SubscriptionEvent nextInTurn() {
		List<Subscription> all = new ArrayList<>(this.subscriptions.values());
		int turns = all.size() + 1;
		for (int i = 0; i < turns; i++) {
			this.turn = (this.turn + 1) % turns;
			SubscriptionEvent event = (this.turn == 0) ? nextLive(all) : all.get(this.turn - 1).next();
			if (event != null) {
				return event;
			}
			if (!this.outbox.isEmpty()) {
				return null;
			}
		}
		return null;
	}

	private @Nullable SubscriptionEvent nextLive(Collection<Subscription> all) {
		List<Subscription> live = all.stream().filter(Subscription::isLive).toList();
		try {
			return this.chain.next(live, joinAt());
		}
		catch (JournalExpiredException ex) {
			this.chain.restart();
			live.forEach((subscription) -> subscription.reset(Reset.Reason.EXPIRED));
			return null;
		}
	}

	private @Nullable Sequence joinAt() {
		return this.subscriptions.values()
			.stream()
			.map(Subscription::joinAt)
			.filter((sequence) -> sequence != null)
			.min(Sequence::compareTo)
			.orElse(null);
	}

	private @Nullable SubscriptionEvent nextMark() {
		if (!this.markWanted || this.subscriptions.values().stream().noneMatch(Subscription::isLive)) {
			this.markWanted = false;
			return null;
		}
		Sequence head = this.engine.hub().head();
		if (joinAt() != null || !this.chain.isCompleteUpTo(head)) {
			return null;
		}
		this.markWanted = false;
		return this.chain.mark(head);
	}

	private void follow() {
		boolean wanted = !this.closed && this.subscriptions.values().stream().anyMatch(Subscription::isCatchingUp);
		if (wanted != this.following) {
			this.following = wanted;
			if (wanted) {
				this.engine.hub().follow(this);
				this.wakeLater = true;
			}
			else {
				this.engine.hub().unfollow(this);
			}
		}
	}

	private void unlock() {
		boolean wake = this.wakeLater && this.lock.getHoldCount() == 1;
		if (wake) {
			this.wakeLater = false;
		}
		this.lock.unlock();
		if (wake) {
			this.available.run();
		}
	}

	/**
	 * Something to tell.
	 *
	 * @param subscription the subscription that it is about, {@code null} if it is to be
	 * told whatever happens to that
	 * @param event the event
	 */
	private record Told(@Nullable Subscription subscription, SubscriptionEvent event) {

	}

}
