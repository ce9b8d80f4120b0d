package io.kalam.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.protocol.CloseReason;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.EventStreamClient.Event;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who gets an event stream and how it ends, on both stacks.
 */
class EventStreamLifeIntegrationTests extends EventStreamServer {

	@Test
	void endsWithTheToken() {
		this.tokens.add("short", "alice", Instant.now().plusSeconds(15));
		try (EventStreamClient alice = open("short", ALL, null).reading()) {
			EventStreamClient.Event close = alice.until((event) -> "close".equals(event.name()));
			assertThat(close.json().path("code").asInt()).isEqualTo(4401);
			assertThat(alice.next().name()).isEqualTo("end");
		}
		assertThat(status(request("short").build())).isEqualTo(401);
	}

	@Test
	void staysWhileTheClientTakesWhatIsSent() {
		stopServer();
		serve(Duration.ofSeconds(4));
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			for (int comments = 0; comments < 4; comments++) {
				alice.until((event) -> event.data().isEmpty());
			}
			TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one')");
			alice.until("transaction");
		}
	}

	@Test
	void cutsOffWhoTakesNothing() {
		stopServer();
		serve(Duration.ofSeconds(60), Duration.ofSeconds(3), WebSocketSettings.Limits.defaults(), this.stack);
		try (EventStreamClient alice = open("alice", ALL, null)) {
			Awaitility.await("it is live").atMost(PATIENCE).until(() -> sessions().size() == 1);
			for (int i = 0; i < 120; i++) {
				TestPostgres.execute(this.postgres,
						"INSERT INTO notes VALUES (" + i + ", 'alice', repeat('x', 150000))");
			}
			Awaitility.await("it is gone").atMost(PATIENCE).until(() -> this.connections.count() == 0);
			assertThat(this.told.told).endsWith(CloseReason.STALLED);
			alice.reading();
			Event last = alice.next();
			while (last.name() == null) {
				last = alice.next();
			}
			assertThat(last.name()).isIn("broken", "end");
		}
	}

	@Test
	void tellsMoreThanAClientMaySay() {
		stopServer();
		WebSocketSettings.Limits limits = new WebSocketSettings.Limits(64 * 1024, 1, 1, 1, 1, 1 << 20);
		serve(Duration.ofSeconds(60), Duration.ofSeconds(60), limits, this.stack);
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			alice.place();
			for (int i = 0; i < 30; i++) {
				TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (" + i + ", 'alice', 'one')");
				alice.until("transaction");
			}
			try (EventStreamClient second = open("alice", ALL, null).reading()) {
				assertThat(second.until("error").path("message").asString()).contains("at most 1 sockets");
				assertThat(second.until((event) -> "close".equals(event.name())).json().path("code").asInt())
					.isEqualTo(4429);
			}
			assertThat(this.told.told).contains(AuthenticationFailure.TOO_MANY_SOCKETS);
		}
	}

	@Test
	void drainsWhenTheServerStops() {
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			String place = alice.place();
			this.connections.drain(Mono.empty()).block(PATIENCE);
			assertThat(this.connections.count()).isZero();
			alice.until("goaway");
			assertThat(alice.lastEventId()).endsWith(place.substring(place.indexOf('.')));
			assertThat(alice.until((event) -> "close".equals(event.name())).json().path("code").asInt())
				.isEqualTo(1001);
			assertThat(alice.next().name()).isEqualTo("end");
		}
	}

	@Test
	void isToldOfByAMetricAsASocketIs() {
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			alice.place();
			assertThat(this.connections.count()).isEqualTo(1);
			TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one')");
			alice.until("transaction");
			Awaitility.await("its delivery is told")
				.atMost(PATIENCE)
				.until(() -> this.told.told.stream().anyMatch(Instant.class::isInstance));
			assertThat(this.connections.disconnect("alice")).isEqualTo(1);
			assertThat(alice.until((event) -> "close".equals(event.name())).json().path("code").asInt())
				.isEqualTo(4401);
		}
	}

	@Test
	void sendsClientsAwayWhileAnotherProcessReadsTheSlot() {
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			alice.place();
			this.connections.follow(new PipelineStatus(PipelineState.STANDBY, Instant.EPOCH, null));
			alice.until("goaway");
			assertThat(alice.until((event) -> "close".equals(event.name())).json().path("code").asInt())
				.isEqualTo(1001);
		}
		HttpResponse<InputStream> refused = EventStreamClient.send(request("alice").build());
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 5L);
	}

	@Test
	void refusesWhatItCanNotServe() throws IOException {
		this.told.told.clear();
		int port = this.container.port();
		HttpResponse<InputStream> anonymous = EventStreamClient
			.send(HttpRequest.newBuilder(EventStreamClient.uri(port, "?sql=x")).build());
		assertThat(anonymous.statusCode()).isEqualTo(401);
		assertThat(anonymous.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
		assertThat(status(request("unknown").build())).isEqualTo(401);
		assertThat(status(request("alice").uri(EventStreamClient.uri(port, "?sql=x&access_token=alice")).build()))
			.isEqualTo(400);
		assertThat(status(request("alice").uri(EventStreamClient.uri(port, "")).build())).isEqualTo(400);
		HttpResponse<InputStream> params = EventStreamClient
			.send(request("alice").uri(EventStreamClient.uri(port, "?sql=x&params=7")).build());
		assertThat(params.statusCode()).isEqualTo(400);
		assertThat(new String(params.body().readAllBytes(), StandardCharsets.UTF_8)).contains("JSON array");
		assertThat(status(request("alice").uri(EventStreamClient.uri(port, "?sql=x&params=%5B%7B%7D%5D")).build()))
			.isEqualTo(400);
		assertThat(status(request("alice").POST(HttpRequest.BodyPublishers.noBody()).build())).isEqualTo(405);
		assertThat(status(request("alice").header("Origin", "https://evil.example").build())).isEqualTo(403);
		HttpResponse<InputStream> friend = EventStreamClient
			.send(request("alice").header("Origin", "https://friend.example").build());
		assertThat(friend.statusCode()).isEqualTo(200);
		assertThat(friend.headers().firstValue("Access-Control-Allow-Origin")).hasValue("https://friend.example");
		friend.body().close();
		HttpResponse<InputStream> preflight = EventStreamClient
			.send(request("alice").method("OPTIONS", HttpRequest.BodyPublishers.noBody())
				.header("Origin", "https://friend.example")
				.build());
		assertThat(preflight.headers().firstValue("Access-Control-Allow-Headers"))
			.hasValue("Authorization, Last-Event-ID");
		assertThat(this.told.told).filteredOn(UpgradeRefusal.class::isInstance)
			.containsExactly(UpgradeRefusal.TOKEN_IN_QUERY, UpgradeRefusal.MALFORMED, UpgradeRefusal.MALFORMED,
					UpgradeRefusal.MALFORMED, UpgradeRefusal.METHOD, UpgradeRefusal.ORIGIN);
	}

}
