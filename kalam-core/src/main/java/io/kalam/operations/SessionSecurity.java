package io.kalam.operations;

import java.util.concurrent.CompletableFuture;

import io.kalam.subscription.SubscriptionEngine;

/**
 * The security of the sessions of this process.
 */
public final class SessionSecurity implements RealtimeSecurity {

	private final SubscriptionEngine engine;

	/**
	 * The security of the sessions of an engine.
	 * @param engine the engine
	 */
	public SessionSecurity(SubscriptionEngine engine) {
		this.engine = engine;
	}

	@Override
	public CompletableFuture<Void> reevaluate(String user) {
		return this.engine.reevaluate((candidate) -> candidate.name().equals(user)).toFuture();
	}

	@Override
	public CompletableFuture<Void> reevaluateAll() {
		return this.engine.reevaluate((candidate) -> true).toFuture();
	}

}
