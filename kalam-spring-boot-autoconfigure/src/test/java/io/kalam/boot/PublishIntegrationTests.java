package io.kalam.boot;

import java.util.List;

import io.kalam.access.RealtimeUser;
import io.kalam.boot.notes.NotesApplication;
import io.kalam.boot.notes.Whisper;
import io.kalam.operations.RealtimePublishPolicy;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that tell events, and that try what they may not.
 */
@TestInstance(Lifecycle.PER_CLASS)
class PublishIntegrationTests {

	private ConfigurableApplicationContext context;

	@BeforeAll
	void run() {
		this.context = new SpringApplicationBuilder(NotesApplication.class, Policies.class)
			.properties("spring.jpa.hibernate.ddl-auto=create", "server.port=0", "kalam.websocket.auth-timeout=30s",
					"kalam.websocket.hold-grace=1s", "spring.datasource.hikari.auto-commit=false")
			.run();
	}

	@AfterAll
	void close() {
		this.context.close();
	}

	@Test
	void everybodyHearsWhatSomebodyTells() {
		try (RealtimeTestSocket alice = connect("alice"); RealtimeTestSocket bob = connect("bob")) {
			subscribe(bob, "SELECT * FROM signal WHERE room = 'kitchen'");
			alice.send("{\"type\":\"publish\",\"id\":\"p1\",\"table\":\"signal\",\"row\":{\"room\":\"kitchen\","
					+ "\"strength\":7,\"text\":\"\\u00e9\"}}");
			assertThat(alice.await("published").path("id").asString()).isEqualTo("p1");
			JsonNode told = bob.await("transaction").at("/changes/0/row");
			assertThat(told.path("author").asString()).isEqualTo("alice");
			assertThat(told.path("strength").asInt()).isEqualTo(7);
			assertThat(told.path("text").asString()).isEqualTo("\u00e9");
			bob.send("{\"type\":\"publish\",\"table\":\"public.signal\",\"row\":{\"room\":\"kitchen\",\"strength\":1},"
					+ "\"remove\":true}");
			alice.send("{\"type\":\"publish\",\"table\":\"signal\",\"row\":{\"room\":\"kitchen\",\"strength\":0},"
					+ "\"remove\":true}");
			assertThat(bob.await("transaction").at("/changes/0/old/author").asString()).isEqualTo("alice");
		}
	}

	@Test
	void oneTellsAnotherWhatThePolicyAdmits() {
		try (RealtimeTestSocket alice = connect("alice");
				RealtimeTestSocket bob = connect("bob");
				RealtimeTestSocket carol = connect("carol")) {
			subscribe(bob, "SELECT * FROM whisper");
			subscribe(carol, "SELECT * FROM whisper");
			publish(alice, "a", "whisper", "{\"recipient\":\"carol\",\"text\":\"rude\"}");
			assertThat(refusal(alice, "a").path("code").asString()).isEqualTo("UNAUTHORIZED");
			publish(alice, "b", "whisper", "{\"recipient\":\"bob\",\"text\":\"hello\"}");
			alice.await("published");
			assertThat(bob.await("transaction").at("/changes/0/row/text").asString()).isEqualTo("hello");
			publish(alice, "c", "whisper", "{\"recipient\":\"carol\",\"text\":\"polite\"}");
			assertThat(carol.await("transaction").at("/changes/0/row/text").asString()).isEqualTo("polite");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "typing", "note", "nothing", "pg_class", "", ".", "public.", "signal; DROP TABLE note" })
	void whatNoClientMayTellIsNotThere(String table) {
		try (RealtimeTestSocket alice = connect("alice")) {
			publish(alice, "a", table, "{\"recipient\":\"bob\",\"author_name\":\"alice\"}");
			JsonNode refusal = refusal(alice, "a");
			assertThat(refusal.path("code").asString()).isEqualTo("NOT_FOUND");
			assertThat(refusal.path("message").asString())
				.isEqualTo("There is no stream of that name of which you may tell events");
		}
	}

	@Test
	void nobodySpeaksForAnother() {
		try (RealtimeTestSocket mallory = connect("mallory")) {
			publish(mallory, "a", "signal", "{\"author\":\"alice\",\"room\":\"kitchen\",\"strength\":7}");
			assertThat(refusal(mallory, "a").path("code").asString()).isEqualTo("UNAUTHORIZED");
			publish(mallory, "b", "signal", "{\"author\":null,\"room\":\"kitchen\",\"strength\":7}");
			assertThat(refusal(mallory, "b").path("code").asString()).isEqualTo("CONVERSION_ERROR");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"room\":\"SECRET\"}", "{\"room\":\"SECRET\",\"strength\":\"SECRET\"}",
			"{\"room\":\"SECRET\",\"strength\":1,\"SECRET\":2}", "{\"room\":{\"SECRET\":1},\"strength\":1}" })
	void whatIsNoEventIsRefusedWithoutItsValues(String row) {
		try (RealtimeTestSocket alice = connect("alice")) {
			publish(alice, "a", "signal", row);
			JsonNode refusal = refusal(alice, "a");
			assertThat(refusal.path("code").asString()).isEqualTo("CONVERSION_ERROR");
			assertThat(refusal.path("message").asString()).doesNotContain("SECRET");
			publish(alice, "b", "signal", "{\"room\":\"kitchen\",\"strength\":1}");
			alice.await("published");
		}
	}

	@Test
	void whoHoldsAnEventIsThereUntilTheLastSocketHasGone() {
		try (RealtimeTestSocket bob = connect("bob")) {
			subscribe(bob, "SELECT user_id, status FROM presence WHERE place = 'kitchen'");
			try (RealtimeTestSocket tab = connect("alice")) {
				try (RealtimeTestSocket other = connect("alice")) {
					hold(tab, "h", "{\"place\":\"kitchen\"}");
					hold(other, "h", "{\"place\":\"kitchen\"}");
					assertThat(bob.await("transaction").at("/changes/0/row/user_id").asString()).isEqualTo("alice");
				}
				hold(tab, "h", "{\"place\":\"kitchen\",\"status\":\"busy\"}");
				assertThat(bob.await("transaction").at("/changes/0/row/status").asString()).isEqualTo("busy");
			}
			JsonNode gone = bob.await("transaction").path("changes").path(0);
			assertThat(gone.path("op").asString()).isEqualTo("delete");
			assertThat(gone.at("/old/user_id").asString()).isEqualTo("alice");
		}
	}

	@Test
	void whatIsReleasedEndsAtOnceAndMayBeHeldAnew() {
		try (RealtimeTestSocket alice = connect("alice"); RealtimeTestSocket bob = connect("bob")) {
			subscribe(bob, "SELECT user_id FROM presence WHERE place = 'hall'");
			for (int i = 0; i < 2; i++) {
				hold(alice, "h", "{\"place\":\"hall\"}");
				assertThat(bob.await("transaction").at("/changes/0/op").asString()).isEqualTo("insert");
				alice.send("{\"type\":\"release\",\"id\":\"h\"}");
				assertThat(bob.await("transaction").at("/changes/0/op").asString()).isEqualTo("delete");
				assertThat(alice.await("released").path("id").asString()).isEqualTo("h");
			}
			alice.send("{\"type\":\"release\",\"id\":\"nothing\"}");
			assertThat(alice.await("released").path("id").asString()).isEqualTo("nothing");
		}
	}

	@Test
	void aSocketHoldsSixtyFourEventsAtMost() {
		try (RealtimeTestSocket alice = connect("alice")) {
			for (int i = 0; i < 64; i++) {
				hold(alice, "h" + i, "{\"place\":\"p" + i + "\"}");
			}
			alice.send(holding("more", "{\"place\":\"more\"}"));
			assertThat(refusal(alice, "more").path("code").asString()).isEqualTo("SUBSCRIPTION_LIMIT_EXCEEDED");
			hold(alice, "h0", "{\"place\":\"other\"}");
		}
	}

	@Test
	void whatIsNoMessageIsAnError() {
		try (RealtimeTestSocket alice = connect("alice")) {
			for (String rest : List.of("", ",\"table\":\"signal\"", ",\"table\":\"signal\",\"row\":[]",
					",\"table\":17,\"row\":{}", ",\"table\":\"signal\",\"row\":{},\"remove\":\"yes\"",
					",\"table\":\"signal\",\"row\":{},\"id\":\"" + "x".repeat(129) + "\"",
					",\"table\":\"presence\",\"row\":{},\"hold\":true",
					",\"table\":\"presence\",\"id\":\"h\",\"row\":{},\"hold\":true,\"remove\":true")) {
				alice.send("{\"type\":\"publish\"" + rest + "}");
				assertThat(alice.await("error").path("code").asString()).isEqualTo("PROTOCOL");
			}
		}
	}

	private RealtimeTestSocket connect(String user) {
		return RealtimeTestSocket.authenticated(RunningApplication.socket(this.context), user);
	}

	private static void publish(RealtimeTestSocket socket, String id, String table, String row) {
		socket.send("{\"type\":\"publish\",\"id\":\"" + id + "\",\"table\":\"" + table + "\",\"row\":" + row + "}");
	}

	private static void hold(RealtimeTestSocket socket, String id, String row) {
		socket.send(holding(id, row));
		assertThat(socket.await("published").path("id").asString()).isEqualTo(id);
	}

	private static String holding(String id, String row) {
		return "{\"type\":\"publish\",\"id\":\"" + id + "\",\"table\":\"presence\",\"row\":" + row + ",\"hold\":true}";
	}

	private static JsonNode refusal(RealtimeTestSocket socket, String id) {
		return socket.await((frame) -> frame.path("type").asString().equals("error")
				&& frame.path("publish_id").asString().equals(id));
	}

	private static void subscribe(RealtimeTestSocket socket, String sql) {
		socket.subscribe("s", sql);
		socket.await((frame) -> frame.path("type").asString().equals("mark")
				&& frame.path("subscription_id").asString().equals("s"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		@Bean
		RealtimePublishPolicy<Whisper> politeness() {
			return new RealtimePublishPolicy<>() {

				@Override
				public Class<Whisper> type() {
					return Whisper.class;
				}

				@Override
				public Mono<Boolean> admits(RealtimeUser user, Whisper event) {
					return Mono.just(!event.text().equals("rude") && event.author().equals(user.name()));
				}

			};
		}

	}

}
