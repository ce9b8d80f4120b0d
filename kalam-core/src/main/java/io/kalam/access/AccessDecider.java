package io.kalam.access;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.partition.RealtimeTableDefinition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Decides who may read what, so that snapshot, resume and live have the same answer: from
 * the user and the table's definition, and from the policies for the table, where there
 * are any.
 */
public final class AccessDecider {

	/**
	 * For the application's own code: every table can be read, and by {@link #EVERYBODY}
	 * all rows of it.
	 */
	public static final AccessDecider TRUSTING = new AccessDecider(true, List.of(), Duration.ZERO,
			Schedulers.immediate());

	/**
	 * Stands for all owners. No token makes such a user.
	 */
	public static final RealtimeUser EVERYBODY = new RealtimeUser("", "everybody", Set.of(), Instant.MAX);

	private static final String TENANT = "for tenants";

	private final boolean trusting;

	private final List<AskedPolicy> policies;

	private final Scheduler scheduler;

	/**
	 * A decider without policies, for users who are known by their tokens.
	 */
	public AccessDecider() {
		this(List.of(), Duration.ZERO, Schedulers.immediate());
	}

	/**
	 * A decider.
	 * @param policies the policies, which are asked in this order until one denies
	 * @param timeout how long one of them may take
	 * @param scheduler where they are asked: its threads may be blocked
	 */
	public AccessDecider(List<? extends RealtimeAccessPolicy> policies, Duration timeout, Scheduler scheduler) {
		this(false, policies, timeout, scheduler);
	}

	private AccessDecider(boolean trusting, List<? extends RealtimeAccessPolicy> policies, Duration timeout,
			Scheduler scheduler) {
		this.trusting = trusting;
		this.policies = policies.stream().map((policy) -> new AskedPolicy(policy, timeout)).toList();
		this.scheduler = scheduler;
	}

	/**
	 * Finds out whether a policy decides about what there is.
	 * @param policy a policy
	 * @param definitions all realtime tables
	 * @return the tables that it names and that are none of them
	 */
	public static List<String> unknownTables(RealtimeAccessPolicy policy,
			Collection<RealtimeTableDefinition> definitions) {
		return policy.tables()
			.stream()
			.filter((name) -> definitions.stream()
				.noneMatch((definition) -> AskedPolicy.names(name, definition.table().reference())))
			.sorted()
			.toList();
	}

	/**
	 * Whether a table's definition lets a user read it at all.
	 * @param user who asks
	 * @param table which table
	 * @return whether it does; if not, the table does not exist for the user
	 */
	public boolean admits(RealtimeUser user, LiveTable table) {
		Set<String> admitted = table.definition().authorities();
		return this.trusting || table.owner() != null || admitted.isEmpty()
				|| !Collections.disjoint(admitted, user.authorities());
	}

	/**
	 * Whether there is a policy for a table, or its rows have tenants.
	 * @param table which table
	 * @return whether there is, whatever it decides
	 */
	public boolean isGoverned(LiveTable table) {
		return isTenanted(table) || this.policies.stream().anyMatch((policy) -> policy.isFor(table));
	}

	/**
	 * Decides about a table. Without policies for it the answer is there at once.
	 * @param user who asks
	 * @param table which table
	 * @return what may be read of it, or {@link AccessUndecidedException}
	 */
	public Mono<TableAccess> decide(RealtimeUser user, LiveTable table) {
		if (!admits(user, table)) {
			return Mono.just(new TableAccess.Denied());
		}
		List<AskedPolicy> asked = this.policies.stream().filter((policy) -> policy.isFor(table)).toList();
		List<AccessRule> tenancy = isTenanted(table) ? List.of(tenantRule(user.tenant(), table)) : List.of();
		if (asked.isEmpty()) {
			return Mono.just(new TableAccess.Granted(table.name(), tenancy));
		}
		return Flux.fromIterable(asked)
			.concatMap((policy) -> policy.decide(user, table).map((decision) -> new Answer(policy, decision)), 1)
			.takeUntil((answer) -> answer.decision() instanceof AccessDecision.None)
			.collectList()
			.map((answers) -> joined(table, tenancy, answers))
			.subscribeOn(this.scheduler);
	}

	/**
	 * Finds the partition that a user reads of a table.
	 * @param user who asks
	 * @param table which table
	 * @return the partition, {@code null} if no row can be the user's
	 */
	public @Nullable Partition partition(RealtimeUser user, LiveTable table) {
		return (this.trusting && user.equals(EVERYBODY)) ? table.all() : table.partitionOf(user.name());
	}

	private boolean isTenanted(LiveTable table) {
		return table.isTenanted() && !this.trusting;
	}

	private static AccessRule tenantRule(@Nullable String claim, LiveTable table) {
		Column column = table.tenant();
		String tenant = (claim != null) ? table.tenantOf(claim) : null;
		return (column != null && tenant != null)
				? new AccessRule(TENANT, TableName.quote(column.name()) + " = $1", List.of(tenant))
				: new AccessRule(TENANT, "FALSE", List.of());
	}

	private static TableAccess joined(LiveTable table, List<AccessRule> tenancy, List<Answer> answers) {
		List<AccessRule> rules = new ArrayList<>(tenancy);
		for (Answer answer : answers) {
			if (answer.decision() instanceof AccessDecision.None) {
				return new TableAccess.Denied();
			}
			if (answer.decision() instanceof AccessDecision.Where where) {
				rules.add(new AccessRule(answer.policy().name(), where.condition(), where.values()));
			}
		}
		return new TableAccess.Granted(table.name(), rules);
	}

	private record Answer(AskedPolicy policy, AccessDecision decision) {

	}

}
