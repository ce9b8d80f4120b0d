package io.kalam.websocket;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

import io.kalam.subscription.SessionStatus;
import io.kalam.subscription.SubscriptionStatus;
import io.kalam.testing.EventStreamClient;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import reactor.netty.http.HttpProtocol;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an event stream tells, over HTTP, on both stacks.
 */
class EventStreamIntegrationTests extends EventStreamServer {

	@Test
	void tellsASnapshotAndThenTheChanges() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one'), (2, 'bob', 'two')");
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			assertThat(alice.until("auth_success").path("user").asString()).isEqualTo("alice");
			assertThat(alice.until("subscription_ack").path("resumed").asBoolean()).isFalse();
			assertThat(alice.until("initial_data_batch").path("rows")).hasSize(1);
			alice.place();
			TestPostgres.execute(this.postgres, "UPDATE notes SET body = E'line\\nbreak' WHERE id = 1",
					"UPDATE notes SET owner = 'alice' WHERE id = 2");
			assertThat(alice.until("transaction").at("/changes/0/row/body").asString()).isEqualTo("line\nbreak");
			assertThat(alice.until("transaction").at("/changes/0/op").asString()).isEqualTo("insert");
		}
	}

	@Test
	void goesOnExactlyFromTheLastEvent() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one'), (2, 'alice', 'two')");
		String place;
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			place = alice.place();
		}
		TestPostgres.execute(this.postgres, "DELETE FROM notes WHERE id = 2");
		try (EventStreamClient alice = open("alice", ALL, place).reading()) {
			assertThat(alice.until("subscription_ack").path("resumed").asBoolean()).isTrue();
			JsonNode change = alice.until("transaction").at("/changes/0");
			assertThat(change.path("op").asString()).isEqualTo("delete");
			assertThat(change.at("/old/id").asString()).isEqualTo("2");
			assertThat(alice.lastEventId()).isNotEqualTo(place).endsWith(place.substring(place.indexOf('.')));
		}
	}

	@Test
	void saysThatAPlaceHasExpiredAndBeginsAnew() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one')");
		for (String place : List.of("1.other", "nonsense")) {
			try (EventStreamClient alice = open("alice", ALL, place).reading()) {
				assertThat(alice.until("reset").path("reason").asString()).isEqualTo("expired");
				assertThat(alice.lastEventId()).isNull();
				assertThat(alice.until("subscription_ack").path("resumed").asBoolean()).isFalse();
				assertThat(alice.until("initial_data_batch").path("rows")).hasSize(1);
			}
		}
	}

	@Test
	void givesNobodyAnothersRowsByAnothersPlace() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'secret')");
		String place;
		try (EventStreamClient alice = open("alice", ALL, null).reading()) {
			place = alice.place();
		}
		TestPostgres.execute(this.postgres, "UPDATE notes SET body = 'secret too'");
		try (EventStreamClient bob = open("bob", ALL, place).reading()) {
			assertThat(bob.until("reset").path("reason").asString()).isEqualTo("expired");
			assertThat(bob.until("initial_data_batch").path("rows")).isEmpty();
			bob.place();
			TestPostgres.execute(this.postgres, "DELETE FROM notes", "INSERT INTO notes VALUES (3, 'bob', 'his')");
			assertThat(bob.until("transaction").toString()).contains("his").doesNotContain("secret");
		}
	}

	@Test
	void feedsASlowReaderFromTheJournal() {
		feedASlowReader(120);
	}

	private void feedASlowReader(int commits) {
		try (EventStreamClient alice = open("alice", ALL, null)) {
			Awaitility.await("it is live").atMost(PATIENCE).until(this::isLive);
			for (int i = 0; i < commits; i++) {
				TestPostgres.execute(this.postgres,
						"INSERT INTO notes VALUES (" + i + ", 'alice', repeat('x', 150000))");
				assertThat(sessions()).allSatisfy((session) -> assertThat(session.queuedBytes()).isLessThan(1 << 20));
			}
			Awaitility.await("it is fed from the journal")
				.atMost(PATIENCE)
				.until(() -> sessions().stream().anyMatch(SessionStatus::behind));
			alice.reading();
			List<Long> ids = new ArrayList<>();
			while (ids.size() < commits) {
				alice.until((event) -> event.is("transaction") || event.is("initial_data_batch"))
					.json()
					.findValuesAsString("id")
					.forEach((id) -> ids.add(Long.valueOf(id)));
			}
			assertThat(ids).isEqualTo(LongStream.range(0, commits).boxed().toList());
		}
	}

	private boolean isLive() {
		return sessions().stream()
			.flatMap((session) -> session.subscriptions().stream())
			.anyMatch((subscription) -> subscription.stage() == SubscriptionStatus.Stage.LIVE);
	}

	@Test
	@EnabledIf("isWebFlux")
	void feedsASlowReaderFromTheJournalOverHttp2() throws IOException {
		stopServer();
		serve(Duration.ofSeconds(60), Duration.ofSeconds(120), WebSocketSettings.Limits.defaults(), (connections,
				settings) -> new NettyContainer(connections, settings, HttpProtocol.H2C, HttpProtocol.HTTP11));
		HttpResponse<InputStream> stream = EventStreamClient.send(request("alice").build());
		assertThat(stream.version()).isEqualTo(HttpClient.Version.HTTP_2);
		stream.body().close();
		Awaitility.await("it is gone").atMost(PATIENCE).until(() -> sessions().isEmpty());
		feedASlowReader(300);
	}

	@Test
	void saysWhatIsWrongWithAQuery() {
		try (EventStreamClient alice = open("alice", "SELECT nothing FROM notes", null).reading()) {
			assertThat(alice.until("error").path("code").asString()).isEqualTo("INVALID_SQL");
			assertThat(alice.until((event) -> "close".equals(event.name())).json().path("code").asInt())
				.isEqualTo(4400);
			assertThat(alice.next().name()).isEqualTo("end");
		}
	}

	@Test
	void takesParameters() {
		TestPostgres.execute(this.postgres, "INSERT INTO notes VALUES (1, 'alice', 'one'), (2, 'alice', 'two')");
		String sql = "SELECT * FROM notes WHERE id = ANY ($1) AND body <> $2";
		String query = EventStreamClient.encoded(sql) + "&params=" + EventStreamClient.encoded("[[1, 2], \"one\"]");
		try (EventStreamClient alice = EventStreamClient.openEncoded(this.container.port(), "alice", query, null)
			.reading()) {
			assertThat(alice.until("initial_data_batch").findValuesAsString("body")).containsExactly("two");
		}
	}

}
