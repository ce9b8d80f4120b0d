package io.kalam.starter;

import java.util.Map;

import io.kalam.starter.tiny.TinyApplication;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a filter chain of its own.
 */
class OwnSecurityIntegrationTests {

	private static RunningApplication application;

	@BeforeAll
	static void run() {
		application = new RunningApplication(TinyApplication.class, OwnSecurity.class);
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void itStaysInForce() {
		Map<String, String> alice = Map.of("Authorization", "Bearer " + TokensOfTests.of("alice"));
		assertThat(application.get("/api/hello", Map.of()).statusCode()).isEqualTo(401);
		assertThat(application.get("/api/hello", alice).statusCode()).isEqualTo(200);
		assertThat(application.get("/public/hello", Map.of()).statusCode()).isEqualTo(200);
		assertThat(application.get("/nothing", alice).statusCode()).isEqualTo(403);
	}

	@Test
	void theSocketIsOutsideOfIt() {
		try (RealtimeTestSocket socket = RealtimeTestSocket.authenticated(application.socket(),
				TokensOfTests.of("alice"))) {
			assertThat(socket.frames()).isNotEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSecurity {

		@Bean
		SecurityWebFilterChain ownChain(ServerHttpSecurity http) {
			return http
				.authorizeExchange((exchanges) -> exchanges.pathMatchers("/public/**")
					.permitAll()
					.pathMatchers("/api/**")
					.authenticated()
					.anyExchange()
					.denyAll())
				.oauth2ResourceServer((server) -> server.jwt(Customizer.withDefaults()))
				.build();
		}

	}

}
