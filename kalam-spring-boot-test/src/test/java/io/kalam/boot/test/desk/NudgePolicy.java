package io.kalam.boot.test.desk;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.RealtimePublishPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Whoever has a ticket may be nudged.
 */
@Component
class NudgePolicy implements RealtimePublishPolicy<Nudge> {

	private final TicketService tickets;

	NudgePolicy(TicketService tickets) {
		this.tickets = tickets;
	}

	@Override
	public Class<Nudge> type() {
		return Nudge.class;
	}

	@Override
	public Mono<Boolean> admits(RealtimeUser user, Nudge nudge) {
		return Mono.fromCallable(() -> this.tickets.hasOne(nudge.recipient()));
	}

}
