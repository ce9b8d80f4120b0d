package io.kalam.boot;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.codec.Codecs;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;
import io.kalam.subscription.SubscriptionEngine;
import io.kalam.websocket.EventStreamEndpoint;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeUserConverter;
import io.kalam.websocket.RealtimeWebSocketEndpoint;
import io.kalam.websocket.WebSocketSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.r2dbc.mapping.R2dbcMappingContext;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.reactive.DispatcherHandler;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is, and what there is not when the application doesn't want it. No database
 * is needed, because without a realtime table none is looked at.
 */
class AutoConfigurationBackOffTests {

	private static final PostgresSettings ELSEWHERE = new PostgresSettings("elsewhere", 1, "app", "app", "", Map.of());

	@TempDir
	private static Path directory;

	private final ReactiveWebApplicationContextRunner runner = new ReactiveWebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
				KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
				KalamServletAutoConfiguration.class, KalamSecurityAutoConfiguration.class,
				KalamHealthAutoConfiguration.class))
		.withUserConfiguration(Decoder.class)
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1",
				"kalam.journal.directory=" + directory);

	@Test
	void everythingIsThere() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(PostgresSettings.class)
			.hasSingleBean(RealtimePipeline.class)
			.hasSingleBean(SubscriptionEngine.class)
			.hasSingleBean(RealtimeConnections.class)
			.hasSingleBean(RealtimeWebSocketEndpoint.class)
			.hasSingleBean(HealthIndicator.class)
			.hasBean("kalamHandlerMapping"));
	}

	@Test
	void eventStreamsCanBeSwitchedOffOrReplaced() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(EventStreamEndpoint.class)
			.hasBean("kalamEventStreamMapping"));
		this.runner.withPropertyValues("kalam.sse.enabled=false", "kalam.sse.path=/v1/ws")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(EventStreamEndpoint.class)
				.doesNotHaveBean("kalamEventStreamMapping"));
	}

	@Test
	void nothingIsThereIfItIsSwitchedOff() {
		this.runner.withUserConfiguration(Secured.class)
			.withPropertyValues("kalam.enabled=false", "kalam.websocket.path=nonsense")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("kalam"));
			});
	}

	@ParameterizedTest
	@MethodSource
	<T> void aBeanOfTheApplicationReplacesOurs(Class<T> type, T own) {
		this.runner.withUserConfiguration(Secured.class).withBean("own", type, () -> own).run((context) -> {
			assertThat(context).hasNotFailed().hasSingleBean(type);
			assertThat(context.getBeanNamesForType(type)).containsExactly("own");
		});
	}

	static Stream<Arguments> aBeanOfTheApplicationReplacesOurs() {
		ChangeJournal journal = new MemoryJournal(1024, Duration.ofHours(1), Clock.systemUTC(), Sequence.ZERO);
		RealtimeUserConverter converter = (jwt) -> Mono.empty();
		return Stream.of(Arguments.of(PostgresSettings.class, ELSEWHERE), Arguments.of(Codecs.class, new Codecs()),
				Arguments.of(RealtimeTables.class, new RealtimeTables()), Arguments.of(LiveHub.class, new LiveHub()),
				Arguments.of(ChangeJournal.class, journal), Arguments.of(RealtimeUserConverter.class, converter),
				Arguments.of(WebSocketSettings.class, WebSocketSettings.defaults()));
	}

	@Test
	void theHealthIndicatorIsReplacedByName() {
		this.runner.withUserConfiguration(OwnHealth.class)
			.run((context) -> assertThat(context).hasSingleBean(HealthIndicator.class));
	}

	@Test
	void theHealthIndicatorCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.kalam.enabled=false")
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(HealthIndicator.class));
	}

	@Test
	void thereIsNoHealthIndicatorWithoutItsModule() {
		withoutClasses(HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class)
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean("kalamHealthIndicator"));
	}

	@Test
	void thereIsNoSocketWithoutWebFlux() {
		withoutClasses(DispatcherHandler.class)
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(RealtimeConnections.class));
	}

	@Test
	void thereIsNoSocketWithoutTokens() {
		withoutClasses(ReactiveJwtDecoder.class)
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(RealtimeConnections.class));
	}

	@Test
	void thereIsNoSocketWithoutAReactiveWebApplication() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
					KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class,
					KalamWebFluxAutoConfiguration.class, KalamSecurityAutoConfiguration.class))
			.withPropertyValues("kalam.postgres.host=localhost", "kalam.journal.directory=" + directory)
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(RealtimeConnections.class));
	}

	@Test
	void aReactiveApplicationIsNotWarned() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean("kalamServletWarning"));
	}

	@Test
	void thereIsAFilterChainWhereSecurityIsOn() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(SecurityWebFilterChain.class));
		this.runner.withUserConfiguration(Secured.class)
			.run((context) -> assertThat(context).hasBean("kalamSecurityWebFilterChain"));
	}

	@Test
	void thereIsNoFilterChainWithoutSpringSecurity() {
		withoutClasses(SecurityWebFilterChain.class, ServerHttpSecurity.class)
			.run((context) -> assertThat(context).doesNotHaveBean("kalamSecurityWebFilterChain"));
	}

	@Test
	void theFilterChainIsReplacedByName() {
		this.runner.withUserConfiguration(Secured.class, OwnChain.class)
			.run((context) -> assertThat(context).hasSingleBean(SecurityWebFilterChain.class));
	}

	@Test
	void namesOfEntitiesComeFromTheFrameworksThatAreThere() {
		this.runner.run((context) -> assertThat(context).doesNotHaveBean(EntityNames.class));
		this.runner.withBean(R2dbcMappingContext.class)
			.run((context) -> assertThat(context).getBean(EntityNames.class).isInstanceOf(R2dbcEntityNames.class));
		withoutClasses(R2dbcMappingContext.class)
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EntityNames.class));
	}

	@Test
	void theDatabaseIsFoundWithoutR2dbcsModule() {
		withoutClasses(R2dbcConnectionDetails.class)
			.run((context) -> assertThat(context).getBean(PostgresSettings.class)
				.hasToString("postgres@localhost:1/postgres"));
	}

	@Test
	void nothingIsMissingWithoutTheEmbeddedPostgres() {
		withoutClasses(EmbeddedPostgresServer.class)
			.run((context) -> assertThat(context).hasSingleBean(RealtimePipeline.class)
				.doesNotHaveBean(DevelopmentDatabase.class));
	}

	private ReactiveWebApplicationContextRunner withoutClasses(Class<?>... classes) {
		return this.runner.withClassLoader(new FilteredClassLoader(classes));
	}

	@Configuration(proxyBeanMethods = false)
	static class Decoder {

		@Bean
		ReactiveJwtDecoder decoder() {
			return (token) -> Mono.error(new BadJwtException("none is good"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFluxSecurity
	static class Secured {

		@Bean
		ReactiveAuthenticationManager authenticationManager() {
			return (authentication) -> Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnHealth {

		@Bean
		HealthIndicator kalamHealthIndicator() {
			return () -> Health.up().build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnChain {

		@Bean
		SecurityWebFilterChain kalamSecurityWebFilterChain(ServerHttpSecurity http) {
			return http.build();
		}

	}

}
