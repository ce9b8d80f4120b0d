package io.kalam.servlet;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.kalam.testing.EventStreamClient;
import io.kalam.testing.RealtimeTestSocket;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.reactive.DispatcherHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Spring MVC, JPA and the starter: no property but where the database is, and no security
 * but Boot's.
 */
class ServletApplicationIntegrationTests {

	private static RunningApplication application;

	@BeforeAll
	static void run() {
		application = new RunningApplication();
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void itIsAServletApplicationAlthoughTheStarterBringsWebFlux() {
		assertThat(application.context()).isInstanceOf(ServletWebServerApplicationContext.class);
		assertThat(DispatcherHandler.class).isNotNull();
		assertThat(application.context().getBeansOfType(ConnectionFactory.class)).isEmpty();
	}

	@Test
	void aSnapshotAndThenEveryChange() {
		add("alice", "before");
		add("bob", "his");
		try (RealtimeTestSocket alice = application.connect("alice")) {
			alice.subscribe("notes", "SELECT id, body FROM note");
			JsonNode batch = alice.await("initial_data_batch");
			assertThat(batch.toString()).contains("before").doesNotContain("his");
			alice.await("mark");
			add("bob", "his too");
			add("alice", "after");
			JsonNode transaction = alice.await("transaction");
			assertThat(transaction.at("/changes/0/op").asString()).isEqualTo("insert");
			assertThat(transaction.at("/changes/0/row/body").asString()).isEqualTo("after");
			assertThat(alice.frames()).noneMatch((frame) -> frame.toString().contains("his"));
		}
	}

	@Test
	void anEventStreamGoesOnWhereItWasCut() {
		int port = application.socket().getPort();
		String query = "SELECT id, body FROM note WHERE body LIKE 'stream%'";
		String token = RunningApplication.token("alice");
		String place;
		try (EventStreamClient alice = EventStreamClient.open(port, token, query, null).reading()) {
			alice.place();
			add("alice", "stream live");
			assertThat(alice.until("transaction").at("/changes/0/row/body").asString()).isEqualTo("stream live");
			place = String.valueOf(alice.lastEventId());
		}
		add("bob", "stream his");
		add("alice", "stream missed");
		try (EventStreamClient alice = EventStreamClient.open(port, token, query, place).reading()) {
			assertThat(alice.until("subscription_ack").path("resumed").asBoolean()).isTrue();
			JsonNode missed = alice.until("transaction").path("changes");
			assertThat(missed.findValuesAsString("body")).containsExactly("stream missed");
		}
		assertThat(application.get("/v1/sse?sql=x").statusCode()).isEqualTo(401);
		assertThat(application.get("/v1/sse?sql=x").body()).startsWith("Send a token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/notes", "/v1/ws/other", "/v1/sse/other", "/nothing", "/actuator/health" })
	void bootsOwnSecurityStaysInForce(String path) {
		assertThat(application.get(path).statusCode()).isEqualTo(401);
		assertThat(application.get(path, "Authorization", "Bearer wrong").statusCode()).isEqualTo(401);
	}

	@Test
	void theSocketsPathAnswersByItself() {
		HttpResponse<String> answer = application.get("/v1/ws", "Authorization", "Bearer wrong");
		assertThat(answer.statusCode()).isEqualTo(426);
		assertThat(answer.headers().firstValue("Upgrade")).hasValue("websocket");
		assertThat(answer.body()).isEqualTo("Connect with a WebSocket, version 13.");
		assertThat(application.post("/v1/ws", "x").statusCode()).isEqualTo(426);
	}

	@Test
	void theClientsFilesAreForEveryone() {
		assertThat(application.get("/kalam/hello.js").body()).startsWith("hello");
	}

	@Test
	void whatElseAnApplicationHasThereIsNot() {
		assertThat(application.get("/kalam/admin").statusCode()).isEqualTo(401);
		assertThat(application.get("/kalam/admin/hello.js").statusCode()).isEqualTo(401);
	}

	@Test
	void theTypesOfTheTablesAreForNobody() {
		assertThat(application.get("/kalam/types.d.ts").statusCode()).isIn(401, 404);
	}

	@Test
	void aPageOfAForeignOriginIsRefused() {
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(
					() -> RealtimeTestSocket.connect(application.socket(), Map.of("Origin", "https://evil.example")))
			.havingRootCause()
			.satisfies((ex) -> assertThat(ex.toString()).contains("403"));
		String own = "http://" + application.socket().getAuthority();
		RealtimeTestSocket.connect(application.socket(), Map.of("Origin", own)).close();
	}

	@Test
	void aTokenThatIsWrongIsRefusedByTheSocket() {
		try (RealtimeTestSocket nobody = RealtimeTestSocket.connect(application.socket())) {
			nobody.authenticate("wrong");
			assertThat(nobody.await("auth_error").toString()).doesNotContain("Exception");
			assertThat(nobody.awaitClosed().code()).isEqualTo(4401);
		}
	}

	@Test
	void aTokenInTheHeaderAuthenticatesTheHandshake() {
		try (RealtimeTestSocket alice = RealtimeTestSocket.connect(application.socket(),
				Map.of("Authorization", "Bearer " + RunningApplication.token("alice")))) {
			assertThat(alice.await("auth_success").get("user").asString()).isEqualTo("alice");
		}
	}

	private static void add(String author, String body) {
		HttpResponse<String> answer = application.post("/notes", body, "Authorization",
				"Bearer " + RunningApplication.token(author), "Content-Type", "text/plain");
		assertThat(answer.statusCode()).isEqualTo(200);
	}

}
