package io.kalam.starter;

import java.time.Duration;
import java.time.Instant;

import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Tokens of tests: {@code token-of-alice} is alice's.
 */
public final class TokensOfTests implements ReactiveJwtDecoder {

	private static final String PREFIX = "token-of-";

	public static String of(String user) {
		return PREFIX + user;
	}

	@Override
	public Mono<Jwt> decode(String token) {
		if (!token.startsWith(PREFIX)) {
			return Mono.error(new BadJwtException("Not a token of ours"));
		}
		Instant now = Instant.now();
		return Mono.just(Jwt.withTokenValue(token)
			.header("alg", "none")
			.subject(token.substring(PREFIX.length()))
			.issuedAt(now)
			.expiresAt(now.plus(Duration.ofHours(1)))
			.build());
	}

}
