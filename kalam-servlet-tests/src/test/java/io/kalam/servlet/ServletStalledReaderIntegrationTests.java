package io.kalam.servlet;

import java.time.Duration;

import io.kalam.servlet.notes.NotesApplication;
import io.kalam.subscription.LiveHub;
import io.kalam.testing.RawClient;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.websocket.RealtimeConnections;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that stop reading, in Boot's Tomcat as Boot configures it: the meters tell of
 * them, and nobody else notices.
 */
class ServletStalledReaderIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String ALL = "SELECT id, body FROM note";

	@Test
	void areCountedAndCutOff() {
		try (RunningApplication application = new RunningApplication(
				new SpringApplicationBuilder(NotesApplication.class).sources(Meters.class)
					.properties("kalam.websocket.write-timeout=10s", "kalam.websocket.max-outbound-buffer=64KB"));
				RealtimeTestSocket bob = application.connect("bob")) {
			MeterRegistry meters = application.context().getBean(MeterRegistry.class);
			JdbcTemplate database = application.context().getBean(JdbcTemplate.class);
			bob.subscribe("notes", ALL);
			bob.await("mark");
			int port = application.socket().getPort();
			String token = RunningApplication.token("alice");
			try (RawClient socket = RawClient.webSocket(port, token);
					RawClient stream = RawClient.eventStream(port, token, ALL)) {
				socket.say("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"" + ALL
						+ "\",\"options\":{}}}");
				socket.readUpTo("\"mark\"");
				stream.readUpTo("\"mark\"");
				for (int i = 0; i < 60; i++) {
					database.update("INSERT INTO note (author_name, body) SELECT 'alice', repeat('x', 3000) "
							+ "FROM generate_series(1, 100)");
					database.update("INSERT INTO note (author_name, body) VALUES ('bob', ?)", "number " + i);
					String body = "number " + i;
					bob.await((frame) -> frame.at("/changes/0/row/body").asString("").equals(body));
				}
				assertThat(meters.get("kalam.sessions.slow").counter().count()).isGreaterThanOrEqualTo(2);
				assertThat(application.context().getBean(LiveHub.class).sessionStatuses())
					.allSatisfy((session) -> assertThat(session.queuedBytes()).isLessThan(64 * 1024));
				Awaitility.await("both are cut off").atMost(PATIENCE).until(() -> stalled(meters) == 2);
				Awaitility.await("bob is left")
					.atMost(PATIENCE)
					.until(() -> application.context().getBean(RealtimeConnections.class).count() == 1);
				socket.awaitCut();
			}
		}
	}

	private static double stalled(MeterRegistry meters) {
		return meters.get("kalam.connections.closed").tag("reason", "stalled").counter().count();
	}

	@Configuration(proxyBeanMethods = false)
	static class Meters {

		@Bean
		MeterRegistry meters() {
			return new SimpleMeterRegistry();
		}

	}

}
