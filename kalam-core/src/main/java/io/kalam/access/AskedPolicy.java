package io.kalam.access;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.kalam.catalog.TableReference;
import io.kalam.partition.LiveTable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * A policy as it is asked: within a time, and with what it throws being said once in the
 * log until it answers again.
 */
final class AskedPolicy {

	private static final Logger logger = LoggerFactory.getLogger(AskedPolicy.class);

	private final RealtimeAccessPolicy policy;

	private final Duration timeout;

	private final Set<String> tables;

	private final AtomicBoolean failing = new AtomicBoolean();

	AskedPolicy(RealtimeAccessPolicy policy, Duration timeout) {
		this.policy = policy;
		this.timeout = timeout;
		this.tables = Set.copyOf(policy.tables());
	}

	String name() {
		return this.policy.name();
	}

	boolean isFor(LiveTable table) {
		TableReference reference = table.definition().table().reference();
		return this.tables.isEmpty() || this.tables.stream().anyMatch((name) -> names(name, reference));
	}

	/**
	 * Whether a policy means a table by a name.
	 * @param name the name
	 * @param table the table, as the application names it
	 * @return whether it is the table's, with its schema or without
	 */
	static boolean names(String name, TableReference table) {
		return name.equalsIgnoreCase(table.name()) || name.equalsIgnoreCase(table.toString());
	}

	Mono<AccessDecision> decide(RealtimeUser user, LiveTable table) {
		return Mono.defer(() -> this.policy.decide(user, table.name()))
			.timeout(this.timeout)
			.defaultIfEmpty(AccessDecision.none())
			.doOnNext((decision) -> this.failing.set(false))
			.onErrorMap((ex) -> failed(table, ex));
	}

	private AccessUndecidedException failed(LiveTable table, Throwable ex) {
		String why = (ex instanceof TimeoutException) ? " within " + this.timeout : "";
		if (this.failing.compareAndSet(false, true)) {
			logger.warn("The access policy {} could not decide about {}{}: nobody is let in until it can. Further "
					+ "failures are logged at level DEBUG", name(), table.name(), why, ex);
		}
		else {
			logger.debug("The access policy {} could not decide about {}{}", name(), table.name(), why, ex);
		}
		return new AccessUndecidedException(name(), ex);
	}

}
