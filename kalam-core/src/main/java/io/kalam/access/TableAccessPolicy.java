package io.kalam.access;

import java.util.Set;
import java.util.function.Function;

import io.kalam.catalog.TableName;
import reactor.core.publisher.Mono;

/**
 * A policy that is a function.
 *
 * @param tables the tables
 * @param decision the function
 * @param name what it is called in messages
 */
record TableAccessPolicy(Set<String> tables, Function<RealtimeUser, Mono<AccessDecision>> decision,
		String name) implements RealtimeAccessPolicy {

	TableAccessPolicy(Set<String> tables, Function<RealtimeUser, Mono<AccessDecision>> decision) {
		this(tables, decision, decision.getClass().getName());
	}

	@Override
	public Mono<AccessDecision> decide(RealtimeUser user, TableName table) {
		return this.decision.apply(user);
	}

}
