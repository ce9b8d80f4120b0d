package io.kalam.access;

import java.util.Set;
import java.util.function.Function;

import io.kalam.catalog.TableName;
import reactor.core.publisher.Mono;

/**
 * Decides who may read which rows of some tables, within what their annotations allow. A
 * bean of this type is asked once for each subscription to one of its tables, and again
 * when {@code RealtimeSecurity} is told so or the user comes with a new token. Snapshot,
 * resume and live all follow the same answer.
 * <p>
 * Of several policies for a table each is asked: one that says
 * {@linkplain AccessDecision#none() none} decides, and conditions are joined by
 * {@code AND}. A policy that fails, that answers nothing, or that takes longer than
 * {@code kalam.security.policy-timeout} lets nobody in.
 * <p>
 * Policies are asked on a thread that may be blocked, several at once, never while a lock
 * of ours is held.
 */
public interface RealtimeAccessPolicy {

	/**
	 * The tables that it decides about.
	 * @return their names, as the entities name them, with or without their schema; empty
	 * for every realtime table. A name that no realtime table has is refused at start-up
	 */
	Set<String> tables();

	/**
	 * Decides about a table.
	 * @param user who asks, as the token says
	 * @param table which of the tables
	 * @return what may be read of it
	 */
	Mono<AccessDecision> decide(RealtimeUser user, TableName table);

	/**
	 * What it is called in messages.
	 * @return the name of its class
	 */
	default String name() {
		return getClass().getName();
	}

	/**
	 * A policy for one table.
	 * @param table the table's name, as its entity names it
	 * @param decision decides, from the user
	 * @return the policy
	 */
	static RealtimeAccessPolicy of(String table, Function<RealtimeUser, Mono<AccessDecision>> decision) {
		return new TableAccessPolicy(Set.of(table), decision);
	}

	/**
	 * A policy for one table that may block, because it asks a database over JDBC or a
	 * service.
	 * @param table the table's name, as its entity names it
	 * @param decision decides, from the user
	 * @return the policy
	 */
	static RealtimeAccessPolicy blocking(String table, Function<RealtimeUser, AccessDecision> decision) {
		return new TableAccessPolicy(Set.of(table), (user) -> Mono.fromCallable(() -> decision.apply(user)),
				decision.getClass().getName());
	}

}
