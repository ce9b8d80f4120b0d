package io.kalam.boot;

import java.nio.file.Path;

import io.kalam.access.RealtimeUser;
import io.kalam.boot.metrics.KalamMetricsAutoConfiguration;
import io.kalam.boot.observation.AuthenticationObservationConvention;
import io.kalam.boot.observation.DefaultAuthenticationObservationConvention;
import io.kalam.boot.observation.KalamObservationAutoConfiguration;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.subscription.SubscriptionListener;
import io.kalam.websocket.RealtimeAuthenticator;
import io.kalam.websocket.TokenAuthenticator;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When something is observed, and when not.
 */
class ObservationAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
			KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
			KalamServletAutoConfiguration.class, KalamMetricsAutoConfiguration.class,
			KalamObservationAutoConfiguration.class);

	@TempDir
	static Path directory;

	private final String[] properties = { "kalam.postgres.host=localhost", "kalam.postgres.port=1",
			"kalam.journal.directory=" + directory };

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ALL)
		.withBean(ReactiveJwtDecoder.class, () -> (token) -> Mono.empty())
		.withPropertyValues(this.properties);

	@Test
	void everythingIsObservedIfThereIsARegistry() {
		this.runner.withUserConfiguration(Registry.class)
			.run((context) -> assertThat(context).hasSingleBean(SubscriptionListener.class)
				.hasSingleBean(PipelineListener.class)
				.satisfies((beans) -> assertThat(beans.getBean(SnapshotReader.class))
					.isNotInstanceOf(R2dbcSnapshotReader.class))
				.satisfies((beans) -> assertThat(beans.getBean(RealtimeAuthenticator.class))
					.isNotInstanceOf(TokenAuthenticator.class)));
	}

	@Test
	void everythingIsObservedInAServletApplicationToo() {
		new WebApplicationContextRunner().withConfiguration(ALL).withBean(JwtDecoder.class, () -> (token) -> {
			throw new BadJwtException("no token is good");
		})
			.withPropertyValues(this.properties)
			.withUserConfiguration(Registry.class)
			.run((context) -> assertThat(context).hasSingleBean(SubscriptionListener.class)
				.satisfies((beans) -> assertThat(beans.getBean(RealtimeAuthenticator.class))
					.isNotInstanceOf(TokenAuthenticator.class)));
	}

	@Test
	void nothingIsObservedWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
			.hasSingleBean(R2dbcSnapshotReader.class)
			.hasSingleBean(TokenAuthenticator.class)
			.doesNotHaveBean(SubscriptionListener.class)
			.doesNotHaveBean(PipelineListener.class));
	}

	@Test
	void nothingIsObservedWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(SubscriptionListener.class));
	}

	@Test
	void nothingIsThereIfItIsSwitchedOff() {
		this.runner.withUserConfiguration(Registry.class)
			.withPropertyValues("kalam.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(PipelineListener.class));
	}

	@Test
	void withoutSocketsTheRestIsObserved() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.withUserConfiguration(Registry.class)
			.withPropertyValues(this.properties)
			.run((context) -> assertThat(context).hasSingleBean(PipelineListener.class)
				.doesNotHaveBean(RealtimeAuthenticator.class));
	}

	@Test
	void thereMayBeMetersToo() {
		this.runner.withUserConfiguration(Registry.class)
			.withBean(MeterRegistry.class, SimpleMeterRegistry::new)
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeansOfType(SubscriptionListener.class)).hasSize(2);
				assertThat(context.getBeansOfType(PipelineListener.class)).hasSize(2);
			});
	}

	@Test
	void aConventionOfTheApplicationReplacesOurs() {
		this.runner.withUserConfiguration(Registry.class)
			.withBean(AuthenticationObservationConvention.class, Login::new)
			.run((context) -> {
				context.getBean(RealtimeAuthenticator.class).authenticate("any").onErrorComplete().block();
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasSingleObservationThat()
					.hasNameEqualTo("login")
					.hasBeenStopped();
			});
	}

	@Test
	void anAuthenticatorOfTheApplicationNeedsNoDecoderAndIsObserved() {
		Mono<RealtimeUser> nobody = Mono.empty();
		new ReactiveWebApplicationContextRunner().withConfiguration(ALL)
			.withPropertyValues(this.properties)
			.withUserConfiguration(Registry.class)
			.withBean(RealtimeAuthenticator.class, () -> (token) -> nobody)
			.run((context) -> {
				context.getBean(RealtimeAuthenticator.class).authenticate("any").block();
				TestObservationRegistryAssert.assertThat(context.getBean(TestObservationRegistry.class))
					.hasNumberOfObservationsWithNameEqualTo("kalam.authentication", 1);
			});
	}

	private static final class Login extends DefaultAuthenticationObservationConvention {

		@Override
		public String getName() {
			return "login";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

}
