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
public final class TokenAuthenticator implements RealtimeAuthenticator {

	private final ReactiveJwtDecoder decoder;

	private final RealtimeUserConverter converter;

	private final Clock clock;

	private final Duration clockSkew;

	/**
	 * An authenticator.
	 * @param decoder verifies tokens
	 * @param converter makes users of verified tokens
	 * @param clock the time of day
	 * @param clockSkew how long after its expiry a token is still good
	 */
	public TokenAuthenticator(ReactiveJwtDecoder decoder, RealtimeUserConverter converter, Clock clock,
			Duration clockSkew) {
		this.decoder = decoder;
		this.converter = converter;
		this.clock = clock;
		this.clockSkew = clockSkew;
	}

	@Override
	public Mono<RealtimeUser> authenticate(String token) {
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

}
