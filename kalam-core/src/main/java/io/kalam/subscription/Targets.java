package io.kalam.subscription;

import java.util.Objects;

import io.kalam.access.AccessDecision;
import io.kalam.access.RealtimeUser;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.query.LiveQuery;
import io.kalam.query.QueryException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what subscriptions follow: the one place where a query meets access. Has no
 * state.
 */
final class Targets {

	private final SubscriptionEngine engine;

	Targets(SubscriptionEngine engine) {
		this.engine = engine;
	}

	/**
	 * Adds the options that are written in a request's SQL.
	 * @param request the request
	 * @return the request with its options
	 * @throws SubscriptionFailure if the SQL is refused, or its options contradict those
	 * of the message
	 */
	SubscribeRequest withOptions(SubscribeRequest request) {
		try {
			return request.with(this.engine.parser().options(request.sql()));
		}
		catch (QueryException ex) {
			throw new SubscriptionFailure(code(ex), String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Finds out what a request is about.
	 * @param request the request
	 * @param user who asks
	 * @return the query, and the partition that the user may read
	 * @throws SubscriptionFailure if the query is refused, or the table is for this user
	 */
	Target find(SubscribeRequest request, RealtimeUser user) {
		if (!this.engine.tables().isKnown()) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
					"The server does not know its tables yet; subscribe again later");
		}
		LiveQuery query;
		try {
			query = this.engine.parser()
				.parse(request.sql(), request.params(), user.name(), (schema, name) -> readable(schema, name, user));
		}
		catch (QueryException ex) {
			throw new SubscriptionFailure(code(ex), String.valueOf(ex.getMessage()), ex);
		}
		checkOptions(request, query);
		if (!this.engine.tables().isInService(query.table().name())) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
					"The table is out of service at the moment; subscribe again later");
		}
		return new Target(query, partition(this.engine.access().decide(user, query.table())));
	}

	private static void checkOptions(SubscribeRequest request, LiveQuery query) {
		if (!query.ordering().isNone() && request.lastRows() > 0) {
			throw new SubscriptionFailure(ErrorCode.UNSUPPORTED,
					"last_rows is for queries without an order of their own; write ORDER BY … DESC LIMIT n instead");
		}
		if (query.window() != null && !request.snapshot() && request.from() == null) {
			throw new SubscriptionFailure(ErrorCode.UNSUPPORTED,
					"A query with LIMIT begins with its rows; subscribe with options, {} at the least");
		}
	}

	/**
	 * Whether a subscription may go on.
	 * @param subscription the subscription
	 * @param user who is connected now
	 * @return whether the user may read what the subscription reads
	 */
	boolean isAllowed(Subscription subscription, RealtimeUser user) {
		LiveTable table = subscription.query().table();
		AccessDecision decision = this.engine.access().decide(user, table);
		return !(decision instanceof AccessDecision.Denied)
				&& Objects.equals(partition(decision), subscription.partition());
	}

	private @Nullable LiveTable readable(@Nullable String schema, String name, RealtimeUser user) {
		LiveTable table = this.engine.tables().resolve(schema, name);
		if (table == null || this.engine.access().decide(user, table) instanceof AccessDecision.Denied) {
			return null;
		}
		return table;
	}

	private static @Nullable Partition partition(AccessDecision decision) {
		return (decision instanceof AccessDecision.Rows rows) ? rows.partition() : null;
	}

	private static ErrorCode code(QueryException ex) {
		return switch (ex.code()) {
			case INVALID_SQL -> ErrorCode.INVALID_SQL;
			case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
			case NOT_FOUND -> ErrorCode.NOT_FOUND;
		};
	}

}
