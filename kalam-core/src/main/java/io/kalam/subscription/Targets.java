package io.kalam.subscription;

import java.util.Objects;

import io.kalam.access.AccessRule;
import io.kalam.access.RealtimeUser;
import io.kalam.access.TableAccess;
import io.kalam.partition.LiveTable;
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
	 * Finds the table that a request is about.
	 * @param request the request
	 * @param user who asks
	 * @return the table
	 * @throws SubscriptionFailure if there is none, or not for this user
	 */
	LiveTable table(SubscribeRequest request, RealtimeUser user) {
		if (!this.engine.tables().isKnown()) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
					"The server does not know its tables yet; subscribe again later");
		}
		try {
			return this.engine.parser().table(request.sql(), (schema, name) -> admitted(schema, name, user));
		}
		catch (QueryException ex) {
			throw new SubscriptionFailure(code(ex), String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Finds out what a request is about.
	 * @param request the request
	 * @param user who asks
	 * @param access what was decided about the user and the table
	 * @return what to follow
	 * @throws SubscriptionFailure if the query is refused, or the table is for this user
	 */
	Target find(SubscribeRequest request, RealtimeUser user, TableAccess access) {
		LiveQuery query;
		try {
			query = this.engine.parser()
				.parse(request.sql(), request.params(), user.name(),
						(schema, name) -> granted(admitted(schema, name, user), access));
		}
		catch (QueryException ex) {
			throw new SubscriptionFailure(code(ex), String.valueOf(ex.getMessage()), ex);
		}
		checkOptions(request, query);
		LiveTable table = query.table();
		if (!this.engine.tables().isInService(table.name())) {
			throw new SubscriptionFailure(ErrorCode.SUBSCRIPTION_FAILED,
					"The table is out of service at the moment; subscribe again later");
		}
		TableAccess.Granted granted = (TableAccess.Granted) access;
		return new Target(narrowed(query, user, granted), this.engine.access().partition(user, table), granted);
	}

	/**
	 * Whether two answers to the same user mean the same for a subscription.
	 * @param subscription what it follows by the first
	 * @param user who is connected now
	 * @param access the second
	 * @return whether it can go on as it is
	 */
	boolean isUnchanged(Subscription subscription, RealtimeUser user, TableAccess.Granted access) {
		LiveTable table = subscription.query().table();
		return access.equals(subscription.target().access())
				&& Objects.equals(this.engine.access().partition(user, table), subscription.partition());
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

	private LiveQuery narrowed(LiveQuery query, RealtimeUser user, TableAccess.Granted access) {
		LiveQuery narrowed = query;
		for (AccessRule rule : access.rules()) {
			try {
				narrowed = narrowed.narrowedBy(this.engine.condition(rule, user, query.table()));
			}
			catch (QueryException ex) {
				throw SubscriptionFailure.undecided(ex);
			}
		}
		return narrowed;
	}

	private @Nullable LiveTable admitted(@Nullable String schema, String name, RealtimeUser user) {
		LiveTable table = this.engine.tables().resolve(schema, name);
		return (table != null && this.engine.access().admits(user, table)) ? table : null;
	}

	/**
	 * What was decided about one table lets nobody read another one of that name.
	 */
	private static @Nullable LiveTable granted(@Nullable LiveTable table, TableAccess access) {
		boolean granted = table != null && access instanceof TableAccess.Granted decided
				&& decided.table().equals(table.name());
		return granted ? table : null;
	}

	private static ErrorCode code(QueryException ex) {
		return switch (ex.code()) {
			case INVALID_SQL -> ErrorCode.INVALID_SQL;
			case UNSUPPORTED -> ErrorCode.UNSUPPORTED;
			case NOT_FOUND -> ErrorCode.NOT_FOUND;
		};
	}

}
