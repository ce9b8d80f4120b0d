package io.kalam.operations;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.kalam.access.RealtimeUser;
import io.kalam.event.EventMessage;
import io.kalam.subscription.SubscriptionEngine;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.JsonNode;

/**
 * Tells the events of clients: of streams that name a sender, which is the user. What a
 * user may tell is what the user could read, but for the owner; to whom else than to
 * themselves, a {@link RealtimePublishPolicy} decides. May be used by any thread.
 */
public final class EventPublisher implements ClientEvents, AutoCloseable {

	private final EventAdmission admission;

	private final EventWriter writer;

	private final Scheduler scheduler;

	private final HeldEvents held;

	/**
	 * A publisher.
	 * @param engine knows the streams, and what users may read
	 * @param mapping knows how the application's classes are stored
	 * @param log writes events
	 * @param policies what users may tell
	 * @param scheduler where policies are asked and events written: its threads may be
	 * blocked
	 * @param grace how long an event is held for a client that has gone
	 */
	public EventPublisher(SubscriptionEngine engine, EntityMapping mapping, EventLog log,
			List<? extends RealtimePublishPolicy<?>> policies, Scheduler scheduler, Duration grace) {
		this(engine, mapping, log, policies, scheduler, grace, Schedulers.parallel());
	}

	EventPublisher(SubscriptionEngine engine, EntityMapping mapping, EventLog log,
			List<? extends RealtimePublishPolicy<?>> policies, Scheduler scheduler, Duration grace, Scheduler timer) {
		this.admission = new EventAdmission(engine, mapping, policies, scheduler);
		this.writer = new EventWriter(log);
		this.scheduler = scheduler;
		this.held = new HeldEvents(this.admission, this.writer, scheduler, grace, timer);
	}

	@Override
	public Mono<Void> publish(RealtimeUser user, String stream, JsonNode values, boolean ends) {
		return this.admission.admit(user, stream, values)
			.flatMap((event) -> this.writer
				.write(event.stream(), ends ? EventMessage.remove(event.row()) : EventMessage.put(event.row()))
				.subscribeOn(this.scheduler))
			.onErrorMap(EventAdmission::refusal);
	}

	@Override
	public Mono<EventHold> hold(Supplier<RealtimeUser> user, String stream, JsonNode values,
			Consumer<PublishRefusedException> ended) {
		return this.held.hold(user, stream, values, ended);
	}

	@Override
	public Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		return this.held.reevaluate(who);
	}

	/**
	 * Holds nothing any longer, without a word: what is held ends when its time is over,
	 * unless another process holds it. Idempotent.
	 */
	@Override
	public void close() {
		this.held.close();
	}

}
