package io.kalam.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.kalam.access.RealtimeUser;
import io.kalam.subscription.ErrorCode;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.JsonNode;

/**
 * The events that clients of this process hold: each lives as long as one of them does.
 * To the log it is said again and again that they live, so that they end with the process
 * too; whether a user may still tell an event is asked again each time. Thread-safe.
 */
final class HeldEvents implements AutoCloseable {

	/**
	 * An event that lives for less could end between two times at which it is renewed.
	 */
	static final Duration SHORTEST = Duration.ofSeconds(5);

	private static final Duration TICK = Duration.ofSeconds(1);

	private static final int ASKED_AT_ONCE = 16;

	private final EventAdmission admission;

	private final Duration grace;

	private final Scheduler timer;

	private final HoldWriter writer;

	private final Disposable ticking;

	private final Map<HeldKey, HeldEvent> events = new LinkedHashMap<>();

	HeldEvents(EventAdmission admission, EventWriter writer, Scheduler scheduler, Duration grace, Scheduler timer) {
		this.admission = admission;
		this.grace = grace;
		this.timer = timer;
		this.writer = new HoldWriter(writer, UUID.randomUUID().toString(), this::held, scheduler);
		this.ticking = timer.schedulePeriodically(this::tick, TICK.toMillis(), TICK.toMillis(), TimeUnit.MILLISECONDS);
	}

	/**
	 * Holds an event.
	 * @see ClientEvents#hold
	 */
	Mono<EventHold> hold(Supplier<RealtimeUser> user, String stream, JsonNode values,
			Consumer<PublishRefusedException> ended) {
		return Mono.defer(() -> this.admission.admit(user.get(), stream, values)).flatMap((event) -> {
			if (ttl(event).compareTo(SHORTEST) < 0) {
				return Mono.error(new PublishRefusedException(ErrorCode.UNSUPPORTED,
						"Events of this stream live for less than " + SHORTEST.toSeconds() + " s and can't be held"));
			}
			this.writer.check(event);
			Hold hold = new Hold(HeldKey.of(event), user, stream, values, ended);
			return enter(hold, event).thenReturn((EventHold) hold)
				.doOnError((ex) -> hold.release())
				.doOnCancel(hold::lose);
		}).onErrorMap(EventAdmission::refusal);
	}

	private static Duration ttl(AdmittedEvent event) {
		return HeldEvent.ttl(event.stream());
	}

	private Mono<Void> enter(Hold hold, AdmittedEvent event) {
		synchronized (this.events) {
			this.events.computeIfAbsent(hold.key, (key) -> new HeldEvent(event)).enter(hold, event, now());
		}
		return this.writer.write(event);
	}

	private Mono<Void> leave(Hold hold) {
		AdmittedEvent released;
		synchronized (this.events) {
			HeldEvent event = this.events.get(hold.key);
			if (event == null || !event.leave(hold) || event.isHeld()) {
				return Mono.empty();
			}
			this.events.remove(hold.key);
			released = event.event();
		}
		return this.writer.write(released);
	}

	private @Nullable AdmittedEvent held(HeldKey key) {
		synchronized (this.events) {
			HeldEvent event = this.events.get(key);
			return (event != null) ? event.event() : null;
		}
	}

	private long now() {
		return this.timer.now(TimeUnit.MILLISECONDS);
	}

	private void tick() {
		long now = now();
		List<Hold> gone = new ArrayList<>();
		List<Hold> due = new ArrayList<>();
		synchronized (this.events) {
			for (HeldEvent event : this.events.values()) {
				event.goneBy(now, gone);
				event.dueBy(now, due);
			}
		}
		gone.forEach(this::leave);
		renew(due).subscribe();
		this.writer.retry();
	}

	/**
	 * Asks again whether users may tell what they hold.
	 * @param who of which users
	 * @return completes when all have been asked
	 */
	Mono<Void> reevaluate(Predicate<RealtimeUser> who) {
		return Mono.defer(() -> {
			synchronized (this.events) {
				return renew(this.events.values()
					.stream()
					.map(HeldEvent::holds)
					.flatMap(Collection::stream)
					.filter((hold) -> who.test(hold.user.get()))
					.toList());
			}
		});
	}

	private Mono<Void> renew(List<Hold> holds) {
		return Flux.fromIterable(holds).flatMap(this::renew, ASKED_AT_ONCE).then();
	}

	private Mono<Void> renew(Hold hold) {
		return this.admission.admit(hold.user.get(), hold.stream, hold.values)
			.doOnNext((event) -> renewed(hold))
			.onErrorResume(PublishRefusedException.class, (ex) -> Mono.fromRunnable(() -> refused(hold, ex)))
			.then();
	}

	private void renewed(Hold hold) {
		AdmittedEvent renewed;
		synchronized (this.events) {
			HeldEvent event = this.events.get(hold.key);
			if (event == null || !event.holds().contains(hold)) {
				return;
			}
			event.renew(now());
			renewed = event.event();
		}
		this.writer.write(renewed);
	}

	private void refused(Hold hold, PublishRefusedException ex) {
		if (ex.code() != ErrorCode.SUBSCRIPTION_FAILED) {
			hold.ended.accept(ex);
			leave(hold);
		}
	}

	@Override
	public void close() {
		this.ticking.dispose();
		synchronized (this.events) {
			this.events.clear();
		}
		this.writer.close();
	}

	/**
	 * What one client holds.
	 */
	final class Hold implements EventHold {

		private final HeldKey key;

		private final String stream;

		private final JsonNode values;

		private final Consumer<PublishRefusedException> ended;

		private final Supplier<RealtimeUser> user;

		private volatile long goesAt = Long.MAX_VALUE;

		private Hold(HeldKey key, Supplier<RealtimeUser> user, String stream, JsonNode values,
				Consumer<PublishRefusedException> ended) {
			this.key = key;
			this.user = user;
			this.stream = stream;
			this.values = values;
			this.ended = ended;
		}

		long goesAt() {
			return this.goesAt;
		}

		@Override
		public Mono<Void> release() {
			return leave(this);
		}

		@Override
		public void lose() {
			this.goesAt = Math.min(this.goesAt, now() + HeldEvents.this.grace.toMillis());
		}

	}

}
