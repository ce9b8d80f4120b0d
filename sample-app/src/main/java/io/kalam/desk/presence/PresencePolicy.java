package io.kalam.desk.presence;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.RealtimePublishPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Everybody may be at the desk, and nowhere else.
 */
@Component
final class PresencePolicy implements RealtimePublishPolicy<Presence> {

	@Override
	public Class<Presence> type() {
		return Presence.class;
	}

	@Override
	public Mono<Boolean> admits(RealtimeUser user, Presence presence) {
		return Mono.just(Presence.DESK.equals(presence.place()));
	}

}
