package io.kalam.operations;

import java.time.Clock;
import java.util.List;

import io.kalam.access.AccessRule;
import io.kalam.access.RealtimeUser;
import io.kalam.access.TableAccess;
import io.kalam.catalog.Column;
import io.kalam.catalog.TableReference;
import io.kalam.change.Row;
import io.kalam.event.EventRows;
import io.kalam.event.InvalidEventException;
import io.kalam.partition.LiveTable;
import io.kalam.partition.StreamDefinition;
import io.kalam.query.LiveQuery;
import io.kalam.query.QueryException;
import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which events clients may tell: of streams that name a sender, which is the
 * user. What a user may tell is what the user could read, but for the owner; to whom else
 * than to themselves, a {@link RealtimePublishPolicy} decides. Thread-safe.
 */
final class EventAdmission {

	private static final Logger logger = LoggerFactory.getLogger(EventAdmission.class);

	private final SubscriptionEngine engine;

	private final EntityMapping mapping;

	private final RowReaders readers;

	private final List<? extends RealtimePublishPolicy<?>> policies;

	private final Scheduler scheduler;

	private final EventRows rows = new EventRows(Clock.systemUTC());

	EventAdmission(SubscriptionEngine engine, EntityMapping mapping, List<? extends RealtimePublishPolicy<?>> policies,
			Scheduler scheduler) {
		this.engine = engine;
		this.mapping = mapping;
		this.readers = new RowReaders(mapping);
		this.policies = List.copyOf(policies);
		this.scheduler = scheduler;
	}

	/**
	 * Makes an event of what a client says, if the user may tell it.
	 * @param user who tells
	 * @param name the stream, with its schema or without
	 * @param values the event's values
	 * @return the event; fails with {@link PublishRefusedException} only
	 */
	Mono<AdmittedEvent> admit(RealtimeUser user, String name, JsonNode values) {
		return Mono.defer(() -> {
			LiveTable stream = stream(name);
			return this.engine.access().decide(user, stream).flatMap((access) -> admit(user, stream, access, values));
		}).onErrorMap(EventAdmission::refusal);
	}

	/**
	 * What a client may know of a failure.
	 */
	static PublishRefusedException refusal(Throwable ex) {
		if (ex instanceof PublishRefusedException refused) {
			return refused;
		}
		if (ex instanceof InvalidEventException) {
			return new PublishRefusedException(ErrorCode.CONVERSION_ERROR, String.valueOf(ex.getMessage()));
		}
		logger.warn("An event of a client could not be written: {}", ex.toString());
		return new PublishRefusedException(ErrorCode.SUBSCRIPTION_FAILED,
				"The event could not be told; try again later");
	}

	private LiveTable stream(String name) {
		int dot = name.indexOf('.');
		boolean named = dot != 0 && dot < name.length() - 1;
		LiveTable stream = named
				? this.engine.tables().resolve((dot > 0) ? name.substring(0, dot) : null, name.substring(dot + 1))
				: null;
		if (stream == null || senderOf(stream) == null) {
			throw unknown();
		}
		return stream;
	}

	private static @Nullable Column senderOf(LiveTable stream) {
		StreamDefinition definition = stream.definition().stream();
		return (definition != null) ? definition.sender() : null;
	}

	private static PublishRefusedException unknown() {
		return new PublishRefusedException(ErrorCode.NOT_FOUND,
				"There is no stream of that name of which you may tell events");
	}

	private Mono<AdmittedEvent> admit(RealtimeUser user, LiveTable stream, TableAccess access, JsonNode values) {
		if (!(access instanceof TableAccess.Granted granted)) {
			return Mono.error(unknown());
		}
		Row row = this.rows.read(stream.rowType(), completed(user, stream, values));
		check(user, stream, granted, row);
		return admitted(user, stream, row).thenReturn(new AdmittedEvent(stream, row));
	}

	/**
	 * What the token says is taken from it.
	 */
	private static JsonNode completed(RealtimeUser user, LiveTable stream, JsonNode values) {
		if (!(values instanceof ObjectNode given)) {
			throw new InvalidEventException("An event is a JSON object with the values of its columns");
		}
		ObjectNode whole = given.deepCopy();
		fill(whole, senderOf(stream), user.name());
		fill(whole, stream.owner(), user.name());
		fill(whole, stream.tenant(), user.tenant());
		return whole;
	}

	private static void fill(ObjectNode values, @Nullable Column column, @Nullable String claim) {
		if (column != null && claim != null && !values.has(column.name())) {
			values.put(column.name(), claim);
		}
	}

	private void check(RealtimeUser user, LiveTable stream, TableAccess.Granted access, Row row) {
		Column sender = senderOf(stream);
		if (sender == null || !user.name().equals(text(stream, row, sender))) {
			throw new PublishRefusedException(ErrorCode.UNAUTHORIZED,
					"The sender of an event is who is authenticated; leave it out");
		}
		for (AccessRule rule : access.rules()) {
			if (!holds(rule, user, stream, row)) {
				throw new PublishRefusedException(ErrorCode.UNAUTHORIZED, "You may not tell this event");
			}
		}
	}

	private boolean holds(AccessRule rule, RealtimeUser user, LiveTable stream, Row row) {
		try {
			return this.engine.condition(rule, user, stream).test(row);
		}
		catch (QueryException ex) {
			return false;
		}
	}

	private static @Nullable String text(LiveTable stream, Row row, Column column) {
		Object value = row.get(column.index());
		return (value != null) ? stream.rowType().codec(column).print(value) : null;
	}

	private Mono<Void> admitted(RealtimeUser user, LiveTable stream, Row row) {
		List<? extends RealtimePublishPolicy<?>> asked = this.policies.stream()
			.filter((policy) -> isFor(policy, stream))
			.toList();
		Mono<Boolean> answer = asked.isEmpty() ? Mono.just(isOwn(user, stream, row))
				: Flux.fromIterable(asked)
					.concatMap((policy) -> ask(policy, user, stream, row))
					.all(Boolean::booleanValue)
					.subscribeOn(this.scheduler);
		return answer.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono
				.error(() -> new PublishRefusedException(ErrorCode.UNAUTHORIZED, "You may not tell this event")))
			.then();
	}

	private static boolean isOwn(RealtimeUser user, LiveTable stream, Row row) {
		return stream.owner() == null || stream.partitionOf(row).equals(stream.partitionOf(user.name()));
	}

	private boolean isFor(RealtimePublishPolicy<?> policy, LiveTable stream) {
		TableReference reference = this.mapping.table(policy.type());
		return reference != null && stream.equals(this.engine.tables().resolve(reference.schema(), reference.name()));
	}

	private <T> Mono<Boolean> ask(RealtimePublishPolicy<T> policy, RealtimeUser user, LiveTable stream, Row row) {
		return Mono.defer(() -> policy.admits(user, event(policy.type(), stream, row)))
			.defaultIfEmpty(false)
			.onErrorMap((ex) -> {
				logger.error("A publish policy of {} has failed, and nobody is let in by it", stream.name(), ex);
				return refusal(ex);
			});
	}

	private <T> T event(Class<T> type, LiveTable stream, Row row) {
		LiveQuery all = this.engine.parser()
			.parse("SELECT * FROM " + stream.name().toSql(), List.of(), "", (schema, name) -> stream);
		return this.readers.reader(type, all).read(all.projection().encode(row));
	}

}
