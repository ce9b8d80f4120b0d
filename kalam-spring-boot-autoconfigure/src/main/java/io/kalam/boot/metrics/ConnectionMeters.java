package io.kalam.boot.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.kalam.protocol.CloseReason;
import io.kalam.websocket.AuthenticationFailure;
import io.kalam.websocket.ConnectionListener;
import io.kalam.websocket.PublishRefusal;
import io.kalam.websocket.UpgradeRefusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Measures delivery, and counts what becomes of sockets.
 */
final class ConnectionMeters implements ConnectionListener {

	private final Clock clock;

	private final Timer delivery;

	private final EnumCounters<AuthenticationFailure> failures;

	private final EnumCounters<UpgradeRefusal> refusals;

	private final EnumCounters<CloseReason> closes;

	private final EnumCounters<PublishRefusal> events;

	ConnectionMeters(MeterRegistry registry, Clock clock) {
		this.clock = clock;
		this.delivery = Timer.builder("kalam.delivery")
			.description("From the time of a commit, by the database's clock, to the end of the write to a socket "
					+ "that holds it")
			.register(registry);
		this.failures = new EnumCounters<>(registry,
				Counter.builder("kalam.authentication.failures").description("Clients that were not authenticated"),
				"reason", AuthenticationFailure.class);
		this.refusals = new EnumCounters<>(registry,
				Counter.builder("kalam.connections.refused")
					.description("Requests for a socket or an event stream that were refused"),
				"reason", UpgradeRefusal.class);
		this.closes = new EnumCounters<>(registry,
				Counter.builder("kalam.connections.closed").description("Sockets that the server has closed"), "reason",
				CloseReason.class);
		this.events = new EnumCounters<>(registry,
				Counter.builder("kalam.events.refused")
					.description("Events that clients wanted to tell or to hold and may not, or no longer"),
				"reason", PublishRefusal.class);
	}

	@Override
	public void delivered(Instant commitTime) {
		if (commitTime.isAfter(Instant.EPOCH)) {
			Duration time = Duration.between(commitTime, this.clock.instant());
			this.delivery.record(time.isNegative() ? Duration.ZERO : time);
		}
	}

	@Override
	public void authenticationFailed(AuthenticationFailure reason) {
		this.failures.increment(reason);
	}

	@Override
	public void refused(UpgradeRefusal reason) {
		this.refusals.increment(reason);
	}

	@Override
	public void publishRefused(PublishRefusal reason) {
		this.events.increment(reason);
	}

	@Override
	public void closed(CloseReason reason) {
		this.closes.increment(reason);
		if (reason == CloseReason.AUTHENTICATION_TIMEOUT) {
			this.failures.increment(AuthenticationFailure.TIMEOUT);
		}
	}

}
