package io.kalam.boot.observation;

/**
 * What is known of a client that is being authenticated: nothing but what becomes of it.
 * It holds neither the token nor the user.
 */
public final class AuthenticationObservationContext extends KalamObservationContext {

	AuthenticationObservationContext() {
	}

}
