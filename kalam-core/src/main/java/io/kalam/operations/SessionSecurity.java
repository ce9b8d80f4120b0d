package io.kalam.operations;

import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.SubscriptionEngine;
import reactor.core.publisher.Mono;

/**
 * The security of the sessions of this process.
 */
public final class SessionSecurity implements RealtimeSecurity {

	private final SubscriptionEngine engine;

	private final ClientEvents events;

	/**
	 * The security of the sessions of an engine.
	 * @param engine the engine
	 * @param events the events that clients tell
	 */
	public SessionSecurity(SubscriptionEngine engine, ClientEvents events) {
		this.engine = engine;
		this.events = events;
	}

	@Override
	public CompletableFuture<Void> reevaluate(String user) {
		return reevaluate((candidate) -> candidate.name().equals(user));
	}

	@Override
	public CompletableFuture<Void> reevaluateAll() {
		return reevaluate((candidate) -> true);
	}

	private CompletableFuture<Void> reevaluate(Predicate<RealtimeUser> who) {
		return Mono.when(this.engine.reevaluate(who), this.events.reevaluate(who)).toFuture();
	}

}
