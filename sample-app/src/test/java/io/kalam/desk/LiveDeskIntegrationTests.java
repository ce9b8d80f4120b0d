package io.kalam.desk;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole way, from a commit that anybody makes to the frame that a browser gets.
 */
@DeskTest
class LiveDeskIntegrationTests {

	private static final String TICKETS = "SELECT id, title, status FROM tickets WHERE status <> 'closed'";

	private static final String MESSAGES = "SELECT * FROM messages WHERE room = 'general'";

	@Autowired
	private WebTestClient web;

	@Autowired
	private EmbeddedPostgresServer server;

	@LocalServerPort
	private int port;

	private final List<RealtimeTestSocket> sockets = new ArrayList<>();

	private DeskDatabase database;

	@BeforeEach
	void open() {
		this.database = new DeskDatabase(this.server);
	}

	@AfterEach
	void close() {
		this.sockets.forEach(RealtimeTestSocket::close);
	}

	@Test
	void aSnapshotHoldsTheUsersOwnRows() {
		RealtimeTestSocket alice = subscribed("alice", "tickets", TICKETS);
		List<String> titles = snapshotTitles(alice);
		assertThat(titles).isNotEmpty()
			.hasSize(Integer.parseInt(this.database
				.value("SELECT count(*) FROM tickets WHERE assignee_id = 'alice' AND status <> 'closed'")));
	}

	@Test
	void insertUpdateAndDeleteByPlainSqlArrive() {
		RealtimeTestSocket user = subscribed("live1", "tickets", TICKETS);
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live1', 'Hello')");
		JsonNode inserted = change(user, "insert");
		assertThat(inserted.at("/row/title").asString()).isEqualTo("Hello");
		String id = inserted.at("/row/id").asString();
		assertThat(inserted.at("/row/id").isString()).as("int8 is a string").isTrue();
		this.database.commit("UPDATE tickets SET title = 'Bye' WHERE id = " + id);
		JsonNode updated = change(user, "update");
		assertThat(updated.at("/row/title").asString()).isEqualTo("Bye");
		assertThat(updated.at("/old/title").asString()).isEqualTo("Hello");
		assertThat(updated.get("old").has("status")).as("what has not changed is not told").isFalse();
		this.database.commit("DELETE FROM tickets WHERE id = " + id);
		assertThat(change(user, "delete").at("/old/id").asString()).isEqualTo(id);
	}

	@Test
	void aRowEntersAndLeavesTheFilter() {
		String id = this.database
			.value("INSERT INTO tickets (assignee_id, title, status) VALUES ('live2', 'Old', 'closed') RETURNING id");
		RealtimeTestSocket user = subscribed("live2", "tickets", TICKETS);
		assertThat(snapshotTitles(user)).isEmpty();
		this.database.commit("UPDATE tickets SET status = 'open' WHERE id = " + id);
		assertThat(change(user, "insert").at("/row/id").asString()).isEqualTo(id);
		this.database.commit("UPDATE tickets SET status = 'closed' WHERE id = " + id);
		assertThat(change(user, "delete").at("/old/id").asString()).isEqualTo(id);
	}

	@Test
	void aChangeOfOwnerIsADeleteForOneAndAnInsertForTheOther() {
		String id = this.database
			.value("INSERT INTO tickets (assignee_id, title) VALUES ('live3', 'Mine') RETURNING id");
		RealtimeTestSocket before = subscribed("live3", "tickets", TICKETS);
		RealtimeTestSocket after = subscribed("live4", "tickets", TICKETS);
		this.database.commit("UPDATE tickets SET assignee_id = 'live4' WHERE id = " + id);
		JsonNode left = transaction(before);
		JsonNode entered = transaction(after);
		assertThat(left.at("/changes/0/op").asString()).isEqualTo("delete");
		assertThat(entered.at("/changes/0/op").asString()).isEqualTo("insert");
		assertThat(entered.at("/changes/0/row/id").asString()).isEqualTo(id);
		assertThat(left.get("seq")).as("by the same commit").isEqualTo(entered.get("seq"));
	}

	@Test
	void aCommitOverTwoTablesIsOneFrame() {
		RealtimeTestSocket user = subscribed("live5", "tickets", TICKETS);
		user.subscribe("messages", MESSAGES);
		joined(user, "messages");
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live5', 'Together')",
				"INSERT INTO messages (author, body) VALUES ('live5', 'with this')");
		JsonNode transaction = transaction(user);
		assertThat(transaction.get("changes")).hasSize(2);
		assertThat(transaction.at("/changes/0/subscription_id").asString()).isEqualTo("tickets");
		assertThat(transaction.at("/changes/1/subscription_id").asString()).isEqualTo("messages");
		assertThat(transaction.at("/changes/1/row/body").asString()).isEqualTo("with this");
		assertThat(transaction.get("last").asBoolean()).isTrue();
	}

	@Test
	void nobodyElseSeesARow() {
		RealtimeTestSocket other = subscribed("live6", "tickets", "SELECT * FROM tickets");
		RealtimeTestSocket curious = subscribed("live6", "theirs", "SELECT * FROM tickets WHERE assignee_id = 'live7'");
		RealtimeTestSocket owner = subscribed("live7", "tickets", TICKETS);
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live7', 'Private')");
		transaction(owner);
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live6', 'Mine')");
		assertThat(transaction(other).at("/changes/0/row/title").asString()).isEqualTo("Mine");
		for (RealtimeTestSocket socket : List.of(other, curious)) {
			assertThat(socket.frames()).noneMatch((frame) -> frame.toString().contains("Private"));
		}
	}

	@Test
	void whatTheApiChangesArrivesToo() {
		RealtimeTestSocket user = subscribed("live8", "tickets", TICKETS);
		DeskUser.signedIn(this.web, "live8").send(HttpMethod.POST, "/api/tickets", Map.of("title", "By the API"));
		assertThat(change(user, "insert").at("/row/title").asString()).isEqualTo("By the API");
	}

	@Test
	void aTokenThatExpiresClosesTheSocket() {
		RealtimeTestSocket socket = signedInForSeconds("live9", 2);
		socket.subscribe("tickets", TICKETS);
		assertThat(socket.awaitClosed().code()).isEqualTo(4401);
		int frames = socket.frames().size();
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live9', 'Too late')");
		assertThat(socket.frames()).hasSize(frames);
	}

	@Test
	void aCursorIsContinued() {
		RealtimeTestSocket first = subscribed("live10", "tickets", TICKETS);
		JsonNode acknowledged = first.frames()
			.stream()
			.filter((frame) -> frame.path("type").asString().equals("subscription_ack"))
			.findFirst()
			.orElseThrow();
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live10', 'Seen')");
		String cursor = transaction(first).get("seq").asString();
		first.close();
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('live10', 'Missed')");
		this.database.commit("DELETE FROM tickets WHERE assignee_id = 'live10' AND title = 'Seen'");
		RealtimeTestSocket second = signedIn("live10");
		second.send("""
				{"type":"subscribe","subscription":{"id":"tickets","sql":"%s","options":{"from":"%s","epoch":"%s"}}}"""
			.formatted(TICKETS, cursor, acknowledged.get("epoch").asString()));
		assertThat(second.await("subscription_ack").get("resumed").asBoolean()).isTrue();
		assertThat(change(second, "insert").at("/row/title").asString()).isEqualTo("Missed");
		assertThat(change(second, "delete").at("/old/title").asString()).isEqualTo("Seen");
		assertThat(second.frames()).noneMatch((frame) -> frame.path("type").asString().equals("initial_data_batch"));
	}

	@Test
	void whatIsWrongIsAnsweredAndTheSocketLivesOn() {
		RealtimeTestSocket user = signedIn("live11");
		assertRefused(user, "SELECT * FROM pg_authid", "NOT_FOUND");
		assertRefused(user, "SELECT nothing FROM tickets", "INVALID_SQL");
		assertRefused(user, "DELETE FROM tickets", "INVALID_SQL");
		assertRefused(user, "SELECT * FROM tickets JOIN messages ON true", "UNSUPPORTED");
		user.subscribe("", TICKETS);
		assertThat(user.await("error").get("code").asString()).isEqualTo("INVALID_SUBSCRIPTION_ID");
		user.subscribe("tickets", TICKETS);
		joined(user, "tickets");
		user.subscribe("tickets", TICKETS);
		assertThat(user.await("error").get("code").asString()).isEqualTo("INVALID_SUBSCRIPTION_ID");
	}

	private void assertRefused(RealtimeTestSocket user, String sql, String code) {
		user.subscribe("wrong", sql);
		JsonNode error = user.await("error");
		assertThat(error.get("code").asString()).as(sql).isEqualTo(code);
		assertThat(error.get("subscription_id").asString()).isEqualTo("wrong");
		assertThat(error.get("message").asString()).doesNotContain("Exception").doesNotContain("io.kalam");
	}

	private RealtimeTestSocket connect() {
		RealtimeTestSocket socket = RealtimeTestSocket.connect(URI.create("ws://localhost:" + this.port + "/v1/ws"));
		this.sockets.add(socket);
		return socket;
	}

	private RealtimeTestSocket signedIn(String name) {
		RealtimeTestSocket socket = connect();
		socket.authenticate((String) DeskUser.nobody(this.web)
			.send(HttpMethod.POST, "/api/session", Map.of("user", name))
			.get("token"));
		assertThat(socket.await("auth_success").get("user").asString()).isEqualTo(name);
		return socket;
	}

	/**
	 * Signs in with a token that lives shortly, but for long enough to be accepted on
	 * this machine.
	 */
	private RealtimeTestSocket signedInForSeconds(String name, int seconds) {
		RealtimeTestSocket socket = connect();
		socket.authenticate((String) DeskUser.nobody(this.web)
			.send(HttpMethod.POST, "/api/session", Map.of("user", name, "ttl_seconds", seconds))
			.get("token"));
		JsonNode answer = socket.await((frame) -> frame.path("type").asString("").startsWith("auth_"));
		return (answer.get("type").asString().equals("auth_success") || seconds > 10) ? socket
				: signedInForSeconds(name, 2 * seconds);
	}

	private RealtimeTestSocket subscribed(String name, String id, String sql) {
		RealtimeTestSocket socket = signedIn(name);
		socket.subscribe(id, sql);
		joined(socket, id);
		return socket;
	}

	private static void joined(RealtimeTestSocket socket, String id) {
		socket.await((frame) -> frame.path("type").asString().equals("mark")
				&& frame.path("subscription_id").asString("").equals(id));
	}

	private static JsonNode transaction(RealtimeTestSocket socket) {
		return socket.await("transaction");
	}

	private static JsonNode change(RealtimeTestSocket socket, String operation) {
		JsonNode change = transaction(socket).at("/changes/0");
		assertThat(change.get("op").asString()).isEqualTo(operation);
		return change;
	}

	private static List<String> snapshotTitles(RealtimeTestSocket socket) {
		List<String> titles = new ArrayList<>();
		socket.frames()
			.stream()
			.filter((frame) -> frame.path("type").asString().equals("initial_data_batch"))
			.forEach((batch) -> batch.get("rows").forEach((row) -> titles.add(row.get("title").asString())));
		return titles;
	}

}
