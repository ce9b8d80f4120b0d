package io.kalam.boot;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/**
 * The application's decoder of tokens, whichever sort it is. One that blocks does so on a
 * few threads of ours, and never on one that serves requests or sockets.
 */
final class TokenDecoder implements AutoCloseable {

	private static final int THREADS = 16;

	private static final int WAITING = 10_000;

	private static final int IDLE_SECONDS = 60;

	private final ReactiveJwtDecoder decoder;

	private final @Nullable Scheduler scheduler;

	private TokenDecoder(ReactiveJwtDecoder decoder, @Nullable Scheduler scheduler) {
		this.decoder = decoder;
		this.scheduler = scheduler;
	}

	/**
	 * Finds the application's decoder.
	 * @param reactive the decoders that don't block; one of them is preferred
	 * @param blocking those that do
	 * @return the decoder
	 */
	static TokenDecoder of(ObjectProvider<ReactiveJwtDecoder> reactive, ObjectProvider<JwtDecoder> blocking) {
		ReactiveJwtDecoder found = reactive.getIfAvailable();
		if (found != null) {
			return new TokenDecoder(found, null);
		}
		JwtDecoder decoder = blocking.getIfAvailable(() -> {
			throw new MissingBeanException(
					"Kalam has nothing to verify tokens with: there is no JwtDecoder and no ReactiveJwtDecoder.",
					"Set spring.security.oauth2.resourceserver.jwt.issuer-uri (or jwk-set-uri, or "
							+ "public-key-location), or declare a bean of type JwtDecoder in a servlet application, "
							+ "of type ReactiveJwtDecoder in a WebFlux application.");
		});
		Scheduler scheduler = Schedulers.newBoundedElastic(THREADS, WAITING, "kalam-token", IDLE_SECONDS, true);
		return new TokenDecoder((token) -> decode(decoder, token).subscribeOn(scheduler), scheduler);
	}

	private static Mono<Jwt> decode(JwtDecoder decoder, String token) {
		return Mono.fromCallable(() -> decoder.decode(token));
	}

	ReactiveJwtDecoder decoder() {
		return this.decoder;
	}

	@Override
	public void close() {
		if (this.scheduler != null) {
			this.scheduler.dispose();
		}
	}

}
