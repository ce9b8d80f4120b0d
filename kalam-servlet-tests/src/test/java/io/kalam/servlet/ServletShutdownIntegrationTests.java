package io.kalam.servlet;

import java.util.List;
import java.util.stream.Stream;

import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with a filter chain of its own, from its start to its end.
 */
class ServletShutdownIntegrationTests {

	@Test
	void everyoneIsSentAwayBeforeTheWebServerStops() {
		List<RealtimeTestSocket> sockets;
		Watch watch;
		try (RunningApplication application = new RunningApplication(OwnSecurity.class)) {
			assertThat(application.get("/notes").statusCode()).isEqualTo(403);
			assertThat(application.get("/v1/ws").statusCode()).isEqualTo(426);
			sockets = Stream.generate(() -> application.connect("alice")).limit(10).toList();
			sockets.forEach((socket) -> socket.subscribe("notes", "SELECT id, body FROM note"));
			sockets.forEach((socket) -> socket.await("mark"));
			watch = application.context().getBean(Watch.class);
			watch.sockets = sockets;
		}
		assertThat(watch.closed).as("closed before the web server stopped").isEqualTo(10);
		assertThat(sockets).allSatisfy((socket) -> {
			assertThat(socket.await("goaway").path("retry_after_ms").asInt()).isNotNegative();
			assertThat(socket.awaitClosed().code()).isEqualTo(1001);
			socket.close();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnSecurity {

		@Bean
		SecurityFilterChain ownChain(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().denyAll()).build();
		}

		@Bean
		Watch watch() {
			return new Watch();
		}

	}

	/**
	 * Stops after the sockets have been sent away and before the web server stops.
	 */
	static final class Watch implements SmartLifecycle {

		private volatile int closed;

		private List<RealtimeTestSocket> sockets = List.of();

		private volatile boolean running;

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.closed = (int) this.sockets.stream().filter((socket) -> socket.awaitClosed().code() == 1001).count();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return SmartLifecycle.DEFAULT_PHASE - 600;
		}

	}

}
