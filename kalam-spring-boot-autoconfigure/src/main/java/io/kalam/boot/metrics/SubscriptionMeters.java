package io.kalam.boot.metrics;

import java.util.EnumMap;
import java.util.Map;

import io.kalam.subscription.ErrorCode;
import io.kalam.subscription.ResumeOutcome;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Counts what becomes of subscriptions.
 */
final class SubscriptionMeters implements SubscriptionListener {

	private static final String RESETS = "kalam.resets";

	private final EnumCounters<ResumeOutcome> resumes;

	private final Map<Reset.Reason, Counter> resets = new EnumMap<>(Reset.Reason.class);

	private final Counter purges;

	private final EnumCounters<ErrorCode> failures;

	private final Counter slow;

	private final Counter folded;

	SubscriptionMeters(MeterRegistry registry) {
		this.resumes = new EnumCounters<>(registry,
				Counter.builder("kalam.resumes").description("Cursors that clients came back with"), "outcome",
				ResumeOutcome.class);
		for (Reset.Reason reason : Reset.Reason.values()) {
			this.resets.put(reason, reset(TagValues.of(reason)).register(registry));
		}
		this.purges = reset("purge").register(registry);
		this.failures = new EnumCounters<>(registry,
				Counter.builder("kalam.subscriptions.failed")
					.description("Requests for subscriptions that were refused, and subscriptions that ended so"),
				"code", ErrorCode.class);
		this.slow = Counter.builder("kalam.sessions.slow")
			.description("Times that a client was too slow and went on from the journal")
			.register(registry);
		this.folded = Counter.builder("kalam.subscriptions.folded")
			.description("Changes that were left out for subscriptions to the latest state")
			.baseUnit("changes")
			.register(registry);
	}

	private static Counter.Builder reset(String reason) {
		return Counter.builder(RESETS)
			.description("Subscriptions that had to start again with a snapshot")
			.tag("reason", reason);
	}

	@Override
	public void resumed(ResumeOutcome outcome) {
		this.resumes.increment(outcome);
	}

	@Override
	public void reset(Reset.Reason reason, boolean purge) {
		boolean purged = purge && reason != Reset.Reason.POLICY;
		Counter counter = purged ? this.purges : this.resets.get(reason);
		if (counter != null) {
			counter.increment();
		}
	}

	@Override
	public void failed(ErrorCode code) {
		this.failures.increment(code);
	}

	@Override
	public void fellBehind() {
		this.slow.increment();
	}

	@Override
	public void folded(int changes) {
		this.folded.increment(changes);
	}

}
