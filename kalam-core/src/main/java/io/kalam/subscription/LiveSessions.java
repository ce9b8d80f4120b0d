package io.kalam.subscription;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import reactor.core.publisher.Mono;

/**
 * The open sessions, and those of them that have to hear of it whenever the head moves.
 * Thread-safe; no call waits for a session but {@link #forEach}, {@link #statuses} and
 * {@link #reevaluate}.
 */
final class LiveSessions {

	private final Set<LiveSession> open = ConcurrentHashMap.newKeySet();

	private final Set<LiveSession> followers = ConcurrentHashMap.newKeySet();

	void add(LiveSession session) {
		this.open.add(session);
	}

	void remove(LiveSession session) {
		this.open.remove(session);
		this.followers.remove(session);
	}

	/**
	 * Wakes a session whenever the head has moved.
	 * @param session the session
	 */
	void follow(LiveSession session) {
		this.followers.add(session);
	}

	void unfollow(LiveSession session) {
		this.followers.remove(session);
	}

	/**
	 * The head has moved.
	 */
	void wakeFollowers() {
		this.followers.forEach(LiveSession::wake);
	}

	void forEach(Consumer<LiveSession> action) {
		this.open.forEach(action);
	}

	Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		return Mono.when(this.open.stream().map((session) -> session.reevaluate(who)).toList());
	}

	int count() {
		return this.open.size();
	}

	List<SessionStatus> statuses() {
		return this.open.stream().map(LiveSession::status).toList();
	}

}
