package io.kalam.boot.observation;

import io.kalam.access.RealtimeUser;
import io.kalam.websocket.AuthenticationFailure;
import io.kalam.websocket.RealtimeAuthenticator;
import io.kalam.websocket.RefusedTokenException;
import reactor.core.publisher.Mono;

/**
 * Observes the authentication of clients.
 */
final class ObservedAuthenticator implements RealtimeAuthenticator {

	private final RealtimeAuthenticator authenticator;

	private final Observations<AuthenticationObservationContext> observations;

	ObservedAuthenticator(RealtimeAuthenticator authenticator,
			Observations<AuthenticationObservationContext> observations) {
		this.authenticator = authenticator;
		this.observations = observations;
	}

	@Override
	public Mono<RealtimeUser> authenticate(String token) {
		Mono<RealtimeUser> work = this.authenticator.authenticate(token);
		return this.observations.isOff() ? work : this.observations.observe(AuthenticationObservationContext::new, work,
				(context, user) -> context.end("authenticated"), (context, ex) -> context.end(outcome(ex)));
	}

	private static AuthenticationFailure outcome(Throwable ex) {
		return (ex instanceof RefusedTokenException refused) ? refused.reason() : AuthenticationFailure.UNAVAILABLE;
	}

}
