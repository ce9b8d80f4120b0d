package io.kalam.boot.observation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.kalam.access.RealtimeUser;
import io.kalam.websocket.AuthenticationFailure;
import io.kalam.websocket.RealtimeAuthenticator;
import io.kalam.websocket.RefusedTokenException;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is observed of a client that is authenticated.
 */
class ObservedAuthenticatorTests {

	private static final RealtimeUser ALICE = new RealtimeUser("alice", "user", Set.of(), Instant.MAX);

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	@Test
	void theUserIsAuthenticated() {
		assertThat(observed((token) -> Mono.just(ALICE), null).authenticate("secret").block()).isSameAs(ALICE);
		ended("authenticated").doesNotHaveError().hasOnlyKeys("outcome");
	}

	@Test
	void aTokenIsRefused() {
		RefusedTokenException refusal = new RefusedTokenException(AuthenticationFailure.NO_USER, "nobody");
		fails(observed((token) -> Mono.error(refusal), null), refusal);
		ended("no-user").hasError(refusal);
	}

	@Test
	void ofAnyOtherErrorTheTypeIsToldAndNothingElse() {
		IllegalStateException failure = new IllegalStateException("secret", new IllegalArgumentException("secret"));
		fails(observed((token) -> Mono.error(failure), null), failure);
		ended("unavailable").thenError().hasMessage("java.lang.IllegalStateException").hasNoCause();
	}

	private static void fails(RealtimeAuthenticator authenticator, Throwable expected) {
		List<Throwable> errors = new ArrayList<>();
		authenticator.authenticate("secret").subscribe((user) -> {
		}, errors::add);
		assertThat(errors).containsExactly(expected);
	}

	@Test
	void nobodyWaitsAnyLonger() {
		observed((token) -> Mono.never(), null).authenticate("secret").subscribe().dispose();
		ended("cancelled").doesNotHaveError();
	}

	@Test
	void eachAttemptIsObservedOnItsOwn() {
		Mono<RealtimeUser> twice = observed((token) -> Mono.just(ALICE), null).authenticate("secret");
		twice.repeat(1).blockLast(Duration.ofSeconds(30));
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasNumberOfObservationsWithNameEqualTo("kalam.authentication", 2);
	}

	@Test
	void itIsAChildOfWhatTheSubscriberIsObservedIn() {
		Observation request = Observation.start("request", this.registry);
		observed((token) -> Mono.deferContextual((view) -> {
			Observation own = view.get("micrometer.observation");
			assertThat(own.getContext()).isInstanceOf(AuthenticationObservationContext.class);
			return Mono.just(ALICE);
		}), null).authenticate("secret")
			.contextWrite((context) -> context.put("micrometer.observation", request))
			.block();
		ended("authenticated").hasParentObservationEqualTo(request);
	}

	@Test
	void aConventionOfTheApplicationReplacesOurs() {
		AuthenticationObservationConvention own = new DefaultAuthenticationObservationConvention() {

			@Override
			public String getName() {
				return "login";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(AuthenticationObservationContext context) {
				return KeyValues.of("good", Boolean.toString(context.outcome().equals("authenticated")));
			}

		};
		observed((token) -> Mono.just(ALICE), own).authenticate("secret").block();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasSingleObservationThat()
			.hasNameEqualTo("login")
			.hasOnlyKeys("good")
			.hasLowCardinalityKeyValue("good", "true");
	}

	@Test
	void aRegistryThatIgnoresThemCostsNothing() {
		Mono<RealtimeUser> work = Mono.just(ALICE);
		RealtimeAuthenticator authenticator = new ObservedAuthenticator((token) -> work,
				new Observations<>(ObservationRegistry.NOOP, null, new DefaultAuthenticationObservationConvention()));
		assertThat(authenticator.authenticate("secret")).isSameAs(work);
	}

	private RealtimeAuthenticator observed(RealtimeAuthenticator authenticator,
			AuthenticationObservationConvention own) {
		return new ObservedAuthenticator(authenticator,
				new Observations<>(this.registry, own, new DefaultAuthenticationObservationConvention()));
	}

	private TestObservationRegistryAssertReturningObservationContextAssert ended(String outcome) {
		return TestObservationRegistryAssert.assertThat(this.registry)
			.hasObservationWithNameEqualTo("kalam.authentication")
			.that()
			.hasBeenStopped()
			.hasLowCardinalityKeyValue("outcome", outcome);
	}

}
