package io.kalam.boot;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * The application's decoder of tokens, whichever sort it is. One that blocks does so on a
 * few threads of ours, and never on one that serves requests or sockets.
 */
final class TokenDecoder {

	private final ReactiveJwtDecoder decoder;

	private TokenDecoder(ReactiveJwtDecoder decoder) {
		this.decoder = decoder;
	}

	/**
	 * Finds the application's decoder.
	 * @param reactive the decoders that don't block; one of them is preferred
	 * @param blocking those that do
	 * @param threads where they do
	 * @return the decoder
	 */
	static TokenDecoder of(ObjectProvider<ReactiveJwtDecoder> reactive, ObjectProvider<JwtDecoder> blocking,
			BlockingThreads threads) {
		ReactiveJwtDecoder found = reactive.getIfAvailable();
		if (found != null) {
			return new TokenDecoder(found);
		}
		JwtDecoder decoder = blocking.getIfAvailable(() -> {
			throw new MissingBeanException(
					"Kalam has nothing to verify tokens with: there is no JwtDecoder and no ReactiveJwtDecoder.",
					"Set spring.security.oauth2.resourceserver.jwt.issuer-uri (or jwk-set-uri, or "
							+ "public-key-location), or declare a bean of type JwtDecoder in a servlet application, "
							+ "of type ReactiveJwtDecoder in a WebFlux application.");
		});
		Scheduler scheduler = threads.tokens();
		return new TokenDecoder((token) -> decode(decoder, token).subscribeOn(scheduler));
	}

	private static Mono<Jwt> decode(JwtDecoder decoder, String token) {
		return Mono.fromCallable(() -> decoder.decode(token));
	}

	ReactiveJwtDecoder decoder() {
		return this.decoder;
	}

}
