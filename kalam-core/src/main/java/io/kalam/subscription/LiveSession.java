package io.kalam.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionEvent.Reset;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The session behind a connection. One lock guards all of its state; it is held for short
 * pieces of work and never while the client, the database or another session is waited
 * for. The hub reaches a session only through its feed, which has a lock of its own.
 */
final class LiveSession implements SubscriptionSession {

	private final SubscriptionEngine engine;

	private final SessionSettings settings;

	private final SessionLock lock;

	private final Subscriptions subscriptions = new Subscriptions();

	private final Announcements announcements = new Announcements();

	private final LiveFeed feed;

	private final LiveChain chain;

	private final SubscriptionTurns turns;

	private final Targets targets;

	private final SubscriptionStart start;

	private final Admission admission;

	private final SessionBeat beat;

	private RealtimeUser user;

	private boolean closed;

	private boolean following;

	private volatile boolean inMemory;

	LiveSession(SubscriptionEngine engine, RealtimeUser user, SessionSettings settings, Runnable available) {
		this.engine = engine;
		this.user = user;
		this.settings = settings;
		this.lock = new SessionLock(available);
		this.feed = new LiveFeed(settings.maxBuffer(), engine.hub().listener()::fellBehind);
		this.chain = new LiveChain(engine, this.feed, settings.maxBuffer());
		this.turns = new SubscriptionTurns(this.subscriptions, this.announcements, this.chain, engine.hub(),
				settings.transactions(), available);
		this.targets = new Targets(engine);
		this.start = new SubscriptionStart(this);
		this.admission = new Admission(this, this.subscriptions, this.targets, this.start);
		this.beat = new SessionBeat(this);
	}

	SubscriptionEngine engine() {
		return this.engine;
	}

	RealtimeUser user() {
		return this.user;
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
		resume(() -> this.admission.subscribe(request));
	}

	@Override
	public void unsubscribe(String id) {
		resume(() -> {
			this.announcements.forget(id);
			this.admission.forget(id);
			Subscription subscription = this.subscriptions.get(id);
			if (subscription != null) {
				this.subscriptions.remove(subscription);
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
			this.admission.reevaluate();
		});
	}

	/**
	 * Decides about every subscription again; completes when that has taken effect.
	 */
	Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		List<Mono<Void>> asked = new ArrayList<>();
		resume(() -> {
			if (who.test(this.user)) {
				asked.addAll(this.admission.reevaluate());
			}
		});
		return Mono.when(asked);
	}

	@Override
	public void mark() {
		resume(this.turns::mark);
	}

	@Override
	public @Nullable SubscriptionEvent poll() {
		this.lock.lock();
		return next(false);
	}

	@Override
	public @Nullable SubscriptionEvent pollMemory() {
		if (!this.lock.tryLock()) {
			this.inMemory = false;
			return null;
		}
		return next(true);
	}

	private @Nullable SubscriptionEvent next(boolean memory) {
		try {
			SubscriptionEvent event = this.closed ? null : this.turns.next(memory);
			follow();
			return event;
		}
		finally {
			this.lock.unlockAndWake();
		}
	}

	@Override
	public boolean isInMemory() {
		return this.inMemory;
	}

	@Override
	public void close() {
		this.lock.lock();
		try {
			this.closed = true;
			this.admission.close();
			this.subscriptions.all().forEach(Subscription::end);
			this.subscriptions.clear();
			this.announcements.clear();
			this.feed.close();
			this.beat.cancel();
		}
		finally {
			this.lock.unlock();
		}
		this.engine.hub().sessions().remove(this);
	}

	/**
	 * Starts every subscription again.
	 */
	void resetAll(Reset.Reason reason) {
		resume(() -> {
			this.chain.restart();
			this.subscriptions.all().forEach((subscription) -> subscription.reset(reason));
		});
	}

	/**
	 * Starts every subscription to a table again.
	 */
	void reset(TableName table) {
		resume(() -> this.subscriptions.of((target) -> target.query().table().name().equals(table))
			.forEach((subscription) -> subscription.reset(Reset.Reason.SCHEMA)));
	}

	/**
	 * Has every subscription to some partitions forget its rows and start again.
	 */
	void purge(Collection<Partition> partitions) {
		resume(() -> this.subscriptions.of((target) -> reads(target.partition(), partitions))
			.forEach(Subscription::purge));
	}

	private static boolean reads(@Nullable Partition reader, Collection<Partition> partitions) {
		return reader != null && partitions.stream().anyMatch(reader::covers);
	}

	/**
	 * Tells the client something, unless the subscription ends before it is polled.
	 */
	void tell(Subscription subscription, SubscriptionEvent event) {
		this.announcements.add(subscription, event);
	}

	/**
	 * Tells the client something that is about all live subscriptions.
	 */
	void tellAll(SubscriptionEvent event) {
		this.announcements.add(null, event);
	}

	/**
	 * Starts a subscription again with what the table and the access are now.
	 */
	void restart(Subscription subscription) {
		try {
			subscription.retarget(this.targets.find(subscription.request(), this.user, subscription.target().access()));
			this.start.snapshot(subscription);
		}
		catch (SubscriptionFailure ex) {
			end(subscription, ex);
		}
	}

	void end(Subscription subscription, SubscriptionFailure reason) {
		if (this.subscriptions.remove(subscription)) {
			subscription.end();
			fail(subscription.id(), reason);
		}
	}

	void fail(String id, SubscriptionFailure reason) {
		this.engine.hub().listener().failed(reason.code());
		this.announcements.add(null, reason.of(id));
	}

	SessionStatus status() {
		this.lock.lock();
		try {
			Sequence taken = this.chain.taken(this.engine.hub().head());
			return new SessionStatus(this.user, this.feed.bytes(),
					!this.feed.isOpen() && this.subscriptions.isAnyLive(),
					this.subscriptions.all().stream().map((subscription) -> subscription.status(taken)).toList());
		}
		finally {
			this.lock.unlock();
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
			this.lock.wake();
		}
		finally {
			this.lock.unlockAndWake();
		}
	}

	/**
	 * Has the session polled, now or as soon as the lock is free.
	 */
	void wake() {
		this.lock.wake();
	}

	/**
	 * Has the head move to a position soon, also if nothing is committed.
	 */
	void beat(Lsn position) {
		this.beat.request(position);
	}

	private void follow() {
		boolean follows = !this.closed && this.subscriptions.isAnyFollowing();
		if (follows != this.following) {
			this.following = follows;
			followHead(follows);
		}
		boolean memory = !this.closed && this.chain.isInMemory() && this.subscriptions.areAllLive();
		if (memory != this.inMemory) {
			this.inMemory = memory;
		}
	}

	/**
	 * The head may have moved before: then the session is polled.
	 */
	private void followHead(boolean follows) {
		LiveSessions sessions = this.engine.hub().sessions();
		if (follows) {
			sessions.follow(this);
			wake();
		}
		else {
			sessions.unfollow(this);
		}
	}

}
