package io.kalam.websocket;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * Tokens that are known by name; all others are bad.
 */
final class FakeTokens implements ReactiveJwtDecoder {

	private final Map<String, Mono<Jwt>> tokens = new ConcurrentHashMap<>();

	void add(String token, String subject, Instant expiresAt) {
		Jwt.Builder jwt = Jwt.withTokenValue(token).header("alg", "none").claim("sub", subject);
		this.tokens.put(token, Mono.just((expiresAt != null) ? jwt.expiresAt(expiresAt).build() : jwt.build()));
	}

	void add(String token, Mono<Jwt> answer) {
		this.tokens.put(token, answer);
	}

	@Override
	public Mono<Jwt> decode(String token) {
		return this.tokens.getOrDefault(token, Mono.error(() -> new BadJwtException("secret detail of " + token)));
	}

	RealtimeAuthenticator authenticator(Duration clockSkew) {
		return new TokenAuthenticator(this, converter(), Clock.systemUTC(), clockSkew);
	}

	static RealtimeUserConverter converter() {
		return new JwtRealtimeUserConverter("sub",
				(jwt) -> Flux.fromIterable(List.of(new SimpleGrantedAuthority("ROLE_X"))), Map.of());
	}

}
