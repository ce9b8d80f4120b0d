package io.kalam.starter;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletionException;

import io.kalam.starter.tiny.TinyApplication;
import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The starter, one entity, a decoder of tokens; no property, and no security but Boot's.
 */
class TinyApplicationIntegrationTests {

	private static RunningApplication application;

	@BeforeAll
	static void run() {
		application = new RunningApplication(TinyApplication.class);
	}

	@AfterAll
	static void close() {
		application.close();
	}

	@Test
	void aSnapshotAndThenEveryChange() {
		application.execute("INSERT INTO note (author_name, body) VALUES ('alice', 'before'), ('bob', 'his')");
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(application.socket(),
				TokensOfTests.of("alice"))) {
			alice.subscribe("notes", "SELECT id, body FROM note");
			JsonNode batch = alice.await("initial_data_batch");
			assertThat(batch.toString()).contains("before").doesNotContain("his");
			alice.await("mark");
			application.execute("INSERT INTO note (author_name, body) VALUES ('bob', 'his too')",
					"INSERT INTO note (author_name, body) VALUES ('alice', 'after')");
			JsonNode transaction = alice.await("transaction");
			assertThat(transaction.at("/changes/0/op").asString()).isEqualTo("insert");
			assertThat(transaction.at("/changes/0/row/body").asString()).isEqualTo("after");
			assertThat(alice.frames()).noneMatch((frame) -> frame.toString().contains("his"));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/hello", "/public/hello", "/v1/ws/other", "/kalam/admin", "/kalam/admin/nothing.js",
			"/nothing", "/actuator/health" })
	void bootsOwnSecurityStaysInForce(String path) {
		HttpResponse<String> nobody = application.get(path, Map.of());
		assertThat(nobody.statusCode()).isEqualTo(401);
		assertThat(nobody.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
		assertThat(application.get(path, Map.of("Authorization", "Bearer wrong")).statusCode()).isEqualTo(401);
	}

	@Test
	void theApiAnswersThoseWhoHaveAToken() {
		HttpResponse<String> alice = application.get("/api/hello",
				Map.of("Authorization", "Bearer " + TokensOfTests.of("alice")));
		assertThat(alice.statusCode()).isEqualTo(200);
		assertThat(alice.body()).isEqualTo("hello");
	}

	@Test
	void theSocketsPathAnswersByItself() {
		assertThat(application.get("/v1/ws", Map.of()).statusCode()).isEqualTo(426);
		assertThat(application.get("/kalam/nothing.js", Map.of()).statusCode()).isEqualTo(404);
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
				Map.of("Authorization", "Bearer " + TokensOfTests.of("alice")))) {
			assertThat(alice.await("auth_success").get("user").asString()).isEqualTo("alice");
		}
	}

}
