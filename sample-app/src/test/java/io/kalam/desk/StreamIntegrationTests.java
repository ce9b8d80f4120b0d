package io.kalam.desk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may tell which events, whatever a page would send, and which of them end with a
 * message.
 */
@DeskTest
class StreamIntegrationTests {

	@Autowired
	private WebTestClient web;

	@Autowired
	private EmbeddedPostgresServer server;

	@Autowired
	private AssistantTime time;

	@LocalServerPort
	private int port;

	private final List<RealtimeTestSocket> sockets = new ArrayList<>();

	@AfterEach
	void close() {
		this.sockets.forEach(RealtimeTestSocket::close);
	}

	@Test
	void theSenderComesFromTheToken() {
		RealtimeTestSocket reader = subscribed("stream1", "SELECT * FROM typing WHERE room = 'lab1'");
		publish(signedIn("stream2"), "typing", "{\"room\":\"lab1\"}");
		JsonNode told = reader.await("transaction").at("/changes/0/row");
		assertThat(told.path("author").asString()).isEqualTo("stream2");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			typing   | {"room":"lab","author":"alice"}    | UNAUTHORIZED
			typing   | {"room":"No room"}                 | UNAUTHORIZED
			typing   | {}                                 | UNAUTHORIZED
			presence | {}                                 | CONVERSION_ERROR
			presence | {"place":"room:secret"}            | UNAUTHORIZED
			presence | {"place":"desk","user_id":"alice"} | UNAUTHORIZED
			answer   | {"question_id":"1","room":"lab"}   | NOT_FOUND
			messages | {"room":"lab","body":"Hi"}         | NOT_FOUND
			tickets  | {"title":"Hi"}                     | NOT_FOUND
			""")
	void refuses(String stream, String row, String code) {
		RealtimeTestSocket mallory = signedIn("mallory");
		publish(mallory, stream, row);
		JsonNode refusal = mallory.await("error");
		assertThat(refusal.path("publish_id").asString()).isEqualTo("p");
		assertThat(refusal.path("code").asString()).isEqualTo(code);
	}

	@Test
	void nobodyEndsWhatAnotherOneHasTold() {
		RealtimeTestSocket reader = subscribed("stream3", "SELECT * FROM typing WHERE room = 'lab3'");
		publish(signedIn("stream4"), "typing", "{\"room\":\"lab3\"}");
		reader.await("transaction");
		RealtimeTestSocket mallory = signedIn("mallory");
		mallory.send(
				"{\"type\":\"publish\",\"id\":\"p\",\"table\":\"typing\",\"row\":{\"room\":\"lab3\"},\"remove\":true}");
		mallory.await("published");
		publish(mallory, "typing", "{\"room\":\"lab3\"}");
		assertThat(reader.await("transaction").at("/changes/0/row/author").asString()).isEqualTo("mallory");
	}

	@Test
	void aMessageAndTheEndOfTypingAreOneCommit() {
		RealtimeTestSocket reader = subscribed("stream5", "SELECT * FROM typing WHERE room = 'lab5'");
		reader.subscribe("messages", "SELECT * FROM messages WHERE room = 'lab5'");
		joined(reader, "messages");
		publish(signedIn("stream6"), "typing", "{\"room\":\"lab5\"}");
		reader.await("transaction");
		DeskUser.signedIn(this.web, "stream6")
			.send(HttpMethod.POST, "/api/messages", Map.of("room", "lab5", "body", "Done"));
		JsonNode changes = reader.await("transaction").get("changes");
		assertThat(changes).extracting((change) -> change.path("op").asString())
			.containsExactlyInAnyOrder("insert", "delete");
	}

	@Test
	void anAnswerAndTheEndOfItsEventAreOneCommitThatTellsNoTitles() {
		new DeskDatabase(this.server).commit("INSERT INTO tickets (assignee_id, title, priority) VALUES "
				+ "('stream7', 'Secret one', 'high'), ('stream8', 'Secret two', 'urgent')");
		RealtimeTestSocket reader = subscribed("stream8", "SELECT * FROM answer WHERE room = 'lab7'");
		reader.subscribe("messages", "SELECT * FROM messages WHERE room = 'lab7'");
		joined(reader, "messages");
		DeskUser.signedIn(this.web, "stream7")
			.send(HttpMethod.POST, "/api/messages", Map.of("room", "lab7", "body", "@desk, what about #1?"));
		DeskPage.eventually(() -> {
			this.time.tick();
			assertThat(commits(reader)).last().satisfies((changes) -> assertThat(changes).hasSize(2));
		});
		List<JsonNode> commits = commits(reader);
		assertThat(commits).as("the question, a few words, the answer").hasSizeGreaterThan(5);
		assertThat(commits).last()
			.satisfies((changes) -> assertThat(changes).extracting((change) -> change.path("op").asString())
				.containsExactlyInAnyOrder("insert", "delete"));
		assertThat(commits.toString()).contains("stream7, you have 1 ticket to do, 0 in progress.")
			.contains("its priority is high")
			.doesNotContain("Secret");
	}

	private static List<JsonNode> commits(RealtimeTestSocket socket) {
		return socket.frames()
			.stream()
			.filter((frame) -> frame.path("type").asString().equals("transaction"))
			.map((frame) -> frame.get("changes"))
			.toList();
	}

	private static void publish(RealtimeTestSocket socket, String stream, String row) {
		socket.send("{\"type\":\"publish\",\"id\":\"p\",\"table\":\"%s\",\"row\":%s}".formatted(stream, row));
	}

	private RealtimeTestSocket signedIn(String name) {
		RealtimeTestSocket socket = RealtimeTestSocket.connect(URI.create("ws://localhost:" + this.port + "/v1/ws"));
		this.sockets.add(socket);
		socket.authenticate((String) DeskUser.nobody(this.web)
			.send(HttpMethod.POST, "/api/session", Map.of("user", name))
			.get("token"));
		socket.await("auth_success");
		return socket;
	}

	private RealtimeTestSocket subscribed(String name, String sql) {
		RealtimeTestSocket socket = signedIn(name);
		socket.subscribe("events", sql);
		joined(socket, "events");
		return socket;
	}

	private static void joined(RealtimeTestSocket socket, String id) {
		socket.await((frame) -> frame.path("type").asString().equals("mark")
				&& frame.path("subscription_id").asString("").equals(id));
	}

}
