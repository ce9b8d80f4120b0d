package io.kalam.websocket;

import io.kalam.access.RealtimeUser;
import reactor.core.publisher.Mono;

/**
 * Finds out whose a token is, for sockets and event streams alike.
 */
@FunctionalInterface
public interface RealtimeAuthenticator {

	/**
	 * Authenticates. Whoever asks waits for ten seconds at the most, and cancels then.
	 * @param token the token, as the client sent it
	 * @return the user; {@link RefusedTokenException} if the token is not good, any other
	 * error if that can't be told
	 */
	Mono<RealtimeUser> authenticate(String token);

}
