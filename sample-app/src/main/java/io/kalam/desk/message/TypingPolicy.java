package io.kalam.desk.message;

import io.kalam.access.RealtimeUser;
import io.kalam.operations.RealtimePublishPolicy;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Who may write into a room may type there. Rooms have no members here, so that is
 * everybody, in all that can be a room.
 */
@Component
final class TypingPolicy implements RealtimePublishPolicy<Typing> {

	@Override
	public Class<Typing> type() {
		return Typing.class;
	}

	@Override
	public Mono<Boolean> admits(RealtimeUser user, Typing typing) {
		return Mono.just(typing.room() != null && typing.room().matches(Message.ROOM));
	}

}
