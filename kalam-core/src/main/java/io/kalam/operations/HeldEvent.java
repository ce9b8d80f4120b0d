package io.kalam.operations;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.kalam.operations.HeldEvents.Hold;
import io.kalam.partition.LiveTable;
import io.kalam.partition.StreamDefinition;

/**
 * An event and who holds it. It is renewed three times as often as it had to be. Not
 * thread-safe.
 */
final class HeldEvent {

	private final Set<Hold> holds = new LinkedHashSet<>();

	private final long period;

	private AdmittedEvent event;

	private long renewAt;

	HeldEvent(AdmittedEvent event) {
		this.event = event;
		this.period = ttl(event.stream()).toMillis() / 3;
	}

	static Duration ttl(LiveTable stream) {
		StreamDefinition definition = stream.definition().stream();
		return (definition != null) ? definition.ttl() : Duration.ZERO;
	}

	AdmittedEvent event() {
		return this.event;
	}

	Set<Hold> holds() {
		return this.holds;
	}

	boolean isHeld() {
		return !this.holds.isEmpty();
	}

	void enter(Hold hold, AdmittedEvent event, long now) {
		this.holds.add(hold);
		this.event = event;
		renew(now);
	}

	boolean leave(Hold hold) {
		return this.holds.remove(hold);
	}

	void renew(long now) {
		this.renewAt = now + this.period;
	}

	/**
	 * Adds those whose clients will not come back.
	 */
	void goneBy(long now, List<Hold> gone) {
		this.holds.stream().filter((hold) -> hold.goesAt() <= now).forEach(gone::add);
	}

	/**
	 * Adds one of those who hold it if it has to be renewed. Unless it is, that is asked
	 * again before the event ends.
	 */
	void dueBy(long now, List<Hold> due) {
		if (now >= this.renewAt) {
			this.renewAt = now + this.period / 4;
			this.holds.stream().findFirst().ifPresent(due::add);
		}
	}

}
