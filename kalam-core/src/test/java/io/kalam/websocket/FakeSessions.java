package io.kalam.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.SessionSettings;
import io.kalam.subscription.SubscribeRequest;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionSession;
import io.kalam.subscription.SubscriptionSessions;

/**
 * Sessions that remember what they were asked and tell what they are told to.
 */
final class FakeSessions implements SubscriptionSessions {

	final List<FakeSession> opened = new CopyOnWriteArrayList<>();

	Consumer<FakeSession> onSubscribe = (session) -> {
	};

	@Override
	public SubscriptionSession open(RealtimeUser user, SessionSettings settings, Runnable available) {
		FakeSession session = new FakeSession(user, settings, available, this);
		this.opened.add(session);
		return session;
	}

	FakeSession only() {
		if (this.opened.size() != 1) {
			throw new AssertionError("expected one session, not " + this.opened.size());
		}
		return this.opened.get(0);
	}

	static final class FakeSession implements SubscriptionSession {

		final SessionSettings settings;

		final List<SubscribeRequest> subscribed = new ArrayList<>();

		final List<String> calls = new CopyOnWriteArrayList<>();

		private final Queue<SubscriptionEvent> events = new ConcurrentLinkedQueue<>();

		private final Runnable available;

		private final FakeSessions sessions;

		volatile RealtimeUser user;

		volatile int polled;

		volatile int polledMemory;

		volatile boolean inMemory;

		volatile SubscriptionEvent endless;

		FakeSession(RealtimeUser user, SessionSettings settings, Runnable available, FakeSessions sessions) {
			this.user = user;
			this.settings = settings;
			this.available = available;
			this.sessions = sessions;
		}

		void tellForEver(SubscriptionEvent event) {
			this.endless = event;
			this.available.run();
		}

		void tell(SubscriptionEvent... told) {
			this.events.addAll(List.of(told));
			this.available.run();
		}

		@Override
		public void subscribe(SubscribeRequest request) {
			this.subscribed.add(request);
			this.calls.add("subscribe " + request.id());
			this.sessions.onSubscribe.accept(this);
		}

		@Override
		public void unsubscribe(String id) {
			this.calls.add("unsubscribe " + id);
		}

		@Override
		public void nextBatch(String id) {
			this.calls.add("next_batch " + id);
		}

		@Override
		public void reauthorize(RealtimeUser user) {
			this.user = user;
			this.calls.add("reauthorize");
		}

		@Override
		public void mark() {
			this.calls.add("mark");
		}

		@Override
		public SubscriptionEvent poll() {
			SubscriptionEvent event = this.events.poll();
			event = (event != null) ? event : this.endless;
			if (event != null) {
				this.polled++;
			}
			return event;
		}

		@Override
		public SubscriptionEvent pollMemory() {
			this.polledMemory++;
			return this.inMemory ? poll() : null;
		}

		@Override
		public boolean isInMemory() {
			return this.inMemory;
		}

		@Override
		public void close() {
			this.calls.add("close");
			this.endless = null;
			this.events.clear();
		}

	}

}
