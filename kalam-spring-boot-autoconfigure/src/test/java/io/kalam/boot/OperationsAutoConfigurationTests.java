package io.kalam.boot;

import java.nio.file.Path;
import java.security.Principal;

import io.kalam.boot.actuate.KalamEndpoint;
import io.kalam.boot.actuate.KalamEndpointAutoConfiguration;
import io.kalam.boot.metrics.KalamMetricsAutoConfiguration;
import io.kalam.journal.JournalListener;
import io.kalam.pipeline.PipelineListener;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.subscription.SubscriptionListener;
import io.kalam.websocket.ConnectionListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When there are meters and the endpoint, and when not.
 */
class OperationsAutoConfigurationTests {

	private static final AutoConfigurations ALL = AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
			KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
			KalamMetricsAutoConfiguration.class, KalamEndpointAutoConfiguration.class);

	@TempDir
	static Path directory;

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(ALL)
		.withUserConfiguration(Decoder.class)
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1",
				"kalam.journal.directory=" + directory);

	@Test
	void everyStageIsMeteredIfThereIsARegistry() {
		this.runner.withUserConfiguration(Registry.class)
			.run((context) -> assertThat(context).hasSingleBean(JournalListener.class)
				.hasSingleBean(PipelineListener.class)
				.hasSingleBean(SubscriptionListener.class)
				.hasSingleBean(ConnectionListener.class)
				.getBeans(MeterBinder.class)
				.hasSize(5));
	}

	@Test
	void nothingIsMeteredWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
			.doesNotHaveBean(JournalListener.class)
			.doesNotHaveBean(MeterBinder.class));
	}

	@Test
	void nothingIsMeteredWithoutMicrometer() {
		this.runner.withClassLoader(new FilteredClassLoader(MeterRegistry.class))
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(JournalListener.class));
	}

	@Test
	void thereAreMetersAndTheEndpointWithoutSockets() {
		new ApplicationContextRunner().withConfiguration(ALL)
			.withUserConfiguration(Registry.class)
			.withPropertyValues("kalam.postgres.host=localhost", "kalam.journal.directory=" + directory,
					"management.endpoints.web.exposure.include=kalam")
			.run((context) -> assertThat(context).hasSingleBean(PipelineListener.class)
				.doesNotHaveBean(ConnectionListener.class));
	}

	@Test
	void theEndpointIsThereIfItIsExposed() {
		this.runner.withPropertyValues("management.endpoints.web.exposure.include=kalam")
			.run((context) -> assertThat(context).hasSingleBean(KalamEndpoint.class));
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(KalamEndpoint.class));
		this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=kalam",
					"management.endpoint.kalam.access=NONE")
			.run((context) -> assertThat(context).doesNotHaveBean(KalamEndpoint.class));
	}

	@ParameterizedTest
	@CsvSource({ ", , , false", ", ADMIN, ADMIN, false", "never, , ADMIN, false", "when-authorized, , , false",
			"when-authorized, , USER, true", "when-authorized, ADMIN, USER, false",
			"when-authorized, ADMIN, ADMIN, true", "always, ADMIN, , true" })
	void namesAreShownToWhoeverMaySeeThem(@Nullable String when, @Nullable String wanted, @Nullable String role,
			boolean shown) {
		ReactiveWebApplicationContextRunner exposed = this.runner
			.withPropertyValues("management.endpoints.web.exposure.include=kalam");
		ReactiveWebApplicationContextRunner configured = (when != null)
				? exposed.withPropertyValues("management.endpoint.kalam.show-values=" + when) : exposed;
		((wanted != null) ? configured.withPropertyValues("management.endpoint.kalam.roles=" + wanted) : configured)
			.run((context) -> {
				Object explanation = context.getBean(KalamEndpoint.class)
					.section(new Caller(role), "explain", "nothing", "1", "alice")
					.getBody();
				assertThat(explanation.toString().contains("alice")).isEqualTo(shown);
			});
	}

	@Test
	void thereIsNoEndpointWithoutTheActuator() {
		this.runner.withClassLoader(new FilteredClassLoader(ConditionalOnAvailableEndpoint.class))
			.withPropertyValues("management.endpoints.web.exposure.include=kalam")
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean("kalamEndpoint"));
	}

	@Test
	void nothingIsThereIfItIsSwitchedOff() {
		this.runner.withUserConfiguration(Registry.class)
			.withPropertyValues("management.endpoints.web.exposure.include=kalam", "kalam.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(PipelineListener.class)
				.doesNotHaveBean(KalamEndpoint.class));
	}

	@Configuration(proxyBeanMethods = false)
	static class Registry {

		@Bean
		MeterRegistry registry() {
			return new SimpleMeterRegistry();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Decoder {

		@Bean
		ReactiveJwtDecoder decoder() {
			return (token) -> Mono.empty();
		}

	}

	/**
	 * Somebody who calls the endpoint.
	 *
	 * @param role the role, {@code null} if the caller is not authenticated
	 */
	private record Caller(@Nullable String role) implements SecurityContext {

		@Override
		public @Nullable Principal getPrincipal() {
			return (this.role != null) ? () -> "caller" : null;
		}

		@Override
		public boolean isUserInRole(String wanted) {
			return wanted.equals(this.role);
		}

	}

}
