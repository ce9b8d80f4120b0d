package io.kalam.boot;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kalam.pipeline.RealtimePipeline;
import io.kalam.websocket.EventStreamServlet;
import io.kalam.websocket.RealtimeConnections;
import io.kalam.websocket.RealtimeServlet;
import io.kalam.websocket.RealtimeUserConverter;
import io.kalam.websocket.RealtimeWebSocketEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationConverter;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What there is in a servlet application.
 */
class ServletApplicationTests {

	@TempDir
	static Path directory;

	private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KalamConnectionAutoConfiguration.class,
				KalamEntityAutoConfiguration.class, KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class,
				KalamServletAutoConfiguration.class, KalamSecurityAutoConfiguration.class,
				KalamServletSecurityAutoConfiguration.class, ServletWebSecurityAutoConfiguration.class))
		.withPropertyValues("kalam.postgres.host=localhost", "kalam.postgres.port=1",
				"kalam.journal.directory=" + directory);

	@Test
	void theSocketIsAServlet() {
		this.runner.withUserConfiguration(Decoder.class)
			.withPropertyValues("kalam.websocket.path=/live")
			.run((context) -> {
				assertThat(context).hasNotFailed()
					.hasSingleBean(RealtimeConnections.class)
					.hasSingleBean(KalamConnectionsLifecycle.class)
					.doesNotHaveBean(RealtimeWebSocketEndpoint.class)
					.doesNotHaveBean("kalamServletWarning");
				ServletRegistrationBean<?> servlet = context.getBean("kalamRealtimeServlet",
						ServletRegistrationBean.class);
				assertThat(servlet.getServlet()).isInstanceOf(RealtimeServlet.class);
				assertThat(servlet.getUrlMappings()).containsExactly("/live");
			});
	}

	@Test
	void theEventStreamIsAServletUnlessItIsTurnedOff() {
		this.runner.withUserConfiguration(Decoder.class).withPropertyValues("kalam.sse.path=/events").run((context) -> {
			ServletRegistrationBean<?> servlet = context.getBean("kalamEventStreamServlet",
					ServletRegistrationBean.class);
			assertThat(servlet.getServlet()).isInstanceOf(EventStreamServlet.class);
			assertThat(servlet.getUrlMappings()).containsExactly("/events");
			assertThat(servlet.isAsyncSupported()).isTrue();
			assertThat(isOurs(context.getBean("kalamSecurityFilterChain", SecurityFilterChain.class), "/events"))
				.isTrue();
		});
		this.runner.withUserConfiguration(Decoder.class)
			.withPropertyValues("kalam.sse.enabled=false")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean("kalamEventStreamServlet");
				assertThat(isOurs(context.getBean("kalamSecurityFilterChain", SecurityFilterChain.class), "/v1/sse"))
					.isFalse();
			});
	}

	private static boolean isOurs(SecurityFilterChain chain, String path) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", path);
		request.setServletPath(path);
		return chain.matches(request);
	}

	@Test
	void thereIsNothingWhenTurnedOff() {
		this.runner.withUserConfiguration(Decoder.class)
			.withPropertyValues("kalam.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(RealtimePipeline.class)
				.doesNotHaveBean("kalamRealtimeServlet")
				.doesNotHaveBean("kalamSecurityFilterChain"));
	}

	@Test
	void saysWhatIsMissingForTokens() {
		this.runner.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(MissingBeanException.class)
			.hasMessageContaining("JwtDecoder"));
	}

	@Test
	void everythingElseStaysAsSecuredAsItWouldBeWithoutUs() {
		this.runner.withUserConfiguration(Decoder.class)
			.run((context) -> assertThat(context.getBeansOfType(SecurityFilterChain.class)).hasSize(2)
				.containsKey("kalamSecurityFilterChain"));
	}

	@Test
	void thereIsAFilterChainBesidesTheApplicationsOwnSecurity() {
		this.runner.withUserConfiguration(Decoder.class, Secured.class)
			.run((context) -> assertThat(context).hasNotFailed().hasBean("kalamSecurityFilterChain"));
	}

	@Test
	void authoritiesAreTheApplications() {
		Jwt jwt = new Jwt("t", Instant.EPOCH, Instant.MAX, Map.of("alg", "none"),
				Map.of("sub", "alice", "scope", "read"));
		this.runner.withUserConfiguration(Decoder.class)
			.run((context) -> assertThat(authorities(context.getBean(RealtimeUserConverter.class), jwt))
				.containsExactly("SCOPE_read"));
		this.runner.withUserConfiguration(Decoder.class, Authorities.class)
			.run((context) -> assertThat(authorities(context.getBean(RealtimeUserConverter.class), jwt))
				.contains("EVERYTHING")
				.doesNotContain("SCOPE_read"));
	}

	@Test
	void decoderThatBlocksDoesSoOnThreadsOfOurs() {
		this.runner.withUserConfiguration(ThreadDecoder.class)
			.run((context) -> assertThat(context.getBean(TokenDecoder.class).decoder().decode("t"))
				.satisfies((jwt) -> assertThat(jwt.block().getSubject()).startsWith("kalam-token")));
	}

	@Test
	void decoderThatDoesNotBlockIsPreferred() {
		this.runner.withUserConfiguration(Decoder.class, Reactive.class)
			.run((context) -> assertThat(context.getBean(TokenDecoder.class).decoder())
				.isSameAs(context.getBean(ReactiveJwtDecoder.class)));
	}

	private static Iterable<String> authorities(RealtimeUserConverter converter, Jwt jwt) {
		return converter.convert(jwt).block().authorities();
	}

	@Configuration(proxyBeanMethods = false)
	static class Decoder {

		@Bean
		JwtDecoder decoder() {
			return (token) -> {
				throw new BadJwtException("none is good");
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ThreadDecoder {

		@Bean
		JwtDecoder decoder() {
			return (token) -> new Jwt(token, Instant.EPOCH, Instant.MAX, Map.of("alg", "none"),
					Map.of("sub", Thread.currentThread().getName()));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reactive {

		@Bean
		ReactiveJwtDecoder reactiveDecoder() {
			return (token) -> Mono.empty();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Authorities {

		@Bean
		JwtAuthenticationConverter converter() {
			JwtAuthenticationConverter converter = new JwtAuthenticationConverter();
			converter.setJwtGrantedAuthoritiesConverter((jwt) -> List.of(new SimpleGrantedAuthority("EVERYTHING")));
			return converter;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebSecurity
	static class Secured {

	}

}
