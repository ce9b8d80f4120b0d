package io.kalam.boot.test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.authentication.JwtGrantedAuthoritiesConverter;
import org.springframework.security.oauth2.server.resource.authentication.ReactiveJwtAuthenticationConverter;

/**
 * The tokens of a test's users: drawn at random, known to this application context only,
 * good for an hour. Thread-safe.
 */
final class TestTokens {

	/** The bean that makes authorities of tokens where the application has none. */
	static final String CONVERTER = "realtimeTestJwtAuthenticationConverter";

	/** Accepts nothing, for applications without a decoder. */
	static final ReactiveJwtDecoder NO_OTHERS = (token) -> Mono
		.error(() -> new BadJwtException("In this test only the tokens of RealtimeTestClient are accepted"));

	private static final String AUTHORITIES = "kalam_test_authorities";

	private final Map<String, Jwt> issued = new ConcurrentHashMap<>();

	/**
	 * Makes a token.
	 * @param claims its claims, the owner's among them
	 * @param authorities further authorities
	 * @return the token
	 */
	String issue(Map<String, Object> claims, Collection<String> authorities) {
		String token = "test." + UUID.randomUUID();
		Instant now = Instant.now();
		this.issued.put(token,
				Jwt.withTokenValue(token)
					.header("alg", "none")
					.issuedAt(now)
					.expiresAt(now.plus(Duration.ofHours(1)))
					.claims((all) -> all.putAll(claims))
					.claim(AUTHORITIES, List.copyOf(authorities))
					.build());
		return token;
	}

	ReactiveJwtDecoder beside(ReactiveJwtDecoder application) {
		return (token) -> {
			Jwt known = find(token);
			return (known != null) ? Mono.just(known) : application.decode(token);
		};
	}

	JwtDecoder besideBlocking(JwtDecoder application) {
		return (token) -> {
			Jwt known = find(token);
			return (known != null) ? known : application.decode(token);
		};
	}

	private @Nullable Jwt find(String token) {
		return this.issued.get(token);
	}

	static ReactiveJwtAuthenticationConverter reactiveConverter() {
		ReactiveJwtAuthenticationConverter converter = new ReactiveJwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter((jwt) -> Flux.fromIterable(authorities(jwt)));
		return converter;
	}

	static JwtAuthenticationConverter servletConverter() {
		JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
		converter.setJwtGrantedAuthoritiesConverter(TestTokens::authorities);
		return converter;
	}

	private static Collection<GrantedAuthority> authorities(Jwt jwt) {
		List<GrantedAuthority> all = new ArrayList<>(new JwtGrantedAuthoritiesConverter().convert(jwt));
		List<String> further = jwt.getClaimAsStringList(AUTHORITIES);
		if (further != null) {
			further.forEach((authority) -> all.add(new SimpleGrantedAuthority(authority)));
		}
		return all;
	}

}
