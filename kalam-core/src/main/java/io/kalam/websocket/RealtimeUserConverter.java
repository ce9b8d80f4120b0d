package io.kalam.websocket;

import io.kalam.access.RealtimeUser;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Makes a user of a token that has been verified.
 */
@FunctionalInterface
public interface RealtimeUserConverter {

	/**
	 * Converts a token.
	 * @param jwt the token; it has an expiry
	 * @return the user, or an error: a
	 * {@link org.springframework.security.oauth2.jwt.BadJwtException} whose message is
	 * fit for the client if the token is not good for us
	 */
	Mono<RealtimeUser> convert(Jwt jwt);

}
