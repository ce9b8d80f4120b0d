package io.kalam.websocket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import io.kalam.access.RealtimeUser;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Makes users of tokens.
 */
final class TokenAuthenticator {

	private final ReactiveJwtDecoder decoder;

	private final RealtimeUserConverter converter;

	private final Clock clock;

	private final Duration clockSkew;

	TokenAuthenticator(ReactiveJwtDecoder decoder, RealtimeUserConverter converter, Clock clock, Duration clockSkew) {
		this.decoder = decoder;
		this.converter = converter;
		this.clock = clock;
		this.clockSkew = clockSkew;
	}

	/**
	 * Authenticates. Bounded by the caller.
	 * @param token the token
	 * @return the user; {@link RefusedTokenException} if the token is not good, any other
	 * error if that can't be told
	 */
	Mono<RealtimeUser> authenticate(String token) {
		return Mono.defer(() -> this.decoder.decode(token))
			.onErrorMap(BadJwtException.class,
					(ex) -> new RefusedTokenException(AuthenticationFailure.INVALID,
							"The token is invalid or has expired: get a new one."))
			.filter(this::isInTime)
			.switchIfEmpty(Mono.error(() -> new RefusedTokenException(AuthenticationFailure.EXPIRED,
					"The token has expired or never does: get one with an expiry ('exp') to come.")))
			.flatMap(this::convert);
	}

	private boolean isInTime(Jwt jwt) {
		Instant expiry = jwt.getExpiresAt();
		return expiry != null && Instant.now(this.clock).isBefore(expiry.plus(this.clockSkew));
	}

	private Mono<RealtimeUser> convert(Jwt jwt) {
		return Mono.defer(() -> this.converter.convert(jwt))
			.onErrorMap(BadJwtException.class,
					(ex) -> new RefusedTokenException(AuthenticationFailure.NO_USER, String.valueOf(ex.getMessage())))
			.switchIfEmpty(Mono
				.error(() -> new RefusedTokenException(AuthenticationFailure.NO_USER, "The token names no user.")));
	}

	/**
	 * A token is not good. The message is fit for the client and never holds the token.
	 */
	static final class RefusedTokenException extends RuntimeException {

		private final AuthenticationFailure reason;

		RefusedTokenException(AuthenticationFailure reason, String message) {
			super(message, null, false, false);
			this.reason = reason;
		}

		AuthenticationFailure reason() {
			return this.reason;
		}

	}

}
