package io.kalam.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@DeskTest
class SecurityIntegrationTests {

	@Autowired
	private WebTestClient web;

	@Autowired
	private JwtEncoder encoder;

	@ParameterizedTest
	@CsvSource({ "GET,/api/tickets", "POST,/api/tickets", "PATCH,/api/tickets/1", "DELETE,/api/tickets/1",
			"GET,/api/messages", "POST,/api/messages", "PATCH,/api/messages/1", "DELETE,/api/messages/1",
			"GET,/api/nothing", "GET,/api/session/x", "GET,/actuator/env", "GET,/nothing" })
	void asksForAToken(String method, String path) {
		DeskUser.nobody(this.web)
			.exchange(HttpMethod.valueOf(method), path, null)
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer")
			.expectBody()
			.isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/index.html", "/favicon.svg", "/duo.html", "/desk/app.js", "/desk/css/tokens.css",
			"/actuator/health", "/actuator/info" })
	void showsThePageToEverybody(String path) {
		DeskUser.nobody(this.web)
			.exchange(HttpMethod.GET, path, null)
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Content-Security-Policy", (policy) -> assertThat(policy).contains("script-src 'self';"))
			.expectBody()
			.consumeWith((result) -> assertThat(result.getResponseBody()).isNotEmpty());
	}

	@Test
	void givesTheClientToEverybodyAsAScriptOnly() {
		DeskUser.nobody(this.web)
			.exchange(HttpMethod.GET, "/kalam/kalam.js", null)
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentTypeCompatibleWith("text/javascript")
			.expectHeader()
			.valueEquals("X-Content-Type-Options", "nosniff")
			.expectHeader()
			.valueEquals("X-Frame-Options", "DENY");
	}

	@Test
	void letsNobodyElsesPageShowItInAFrame() {
		DeskUser.nobody(this.web)
			.exchange(HttpMethod.GET, "/", null)
			.expectHeader()
			.valueEquals("X-Frame-Options", "SAMEORIGIN")
			.expectHeader()
			.value("Content-Security-Policy", (policy) -> assertThat(policy).contains("frame-ancestors 'self';"));
	}

	@Test
	void refusesATokenThatHasExpired() {
		Instant end = Instant.now().minus(Duration.ofMinutes(2));
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject("alice")
			.issuedAt(end.minusSeconds(60))
			.expiresAt(end)
			.build();
		assertUnauthorized(this.encoder.encode(JwtEncoderParameters.from(claims)).getTokenValue());
	}

	@Test
	void refusesATokenThatSomebodyElseSigned() {
		String token = (String) signIn(Map.of("user", "alice")).get("token");
		assertUnauthorized(token.substring(0, token.lastIndexOf('.') + 1) + "c2lnbmF0dXJl");
	}

	@Test
	void signsInForAsLongAsAsked() {
		Instant before = Instant.now();
		Instant end = Instant.parse((String) signIn(Map.of("user", "dora-2", "ttl_seconds", 60)).get("expires_at"));
		assertThat(end).isBetween(before.plusSeconds(60), Instant.now().plusSeconds(61));
	}

	@Test
	void signsInForAnHourByDefault() {
		Instant before = Instant.now();
		Instant end = Instant.parse((String) signIn(Map.of("user", "dora-2")).get("expires_at"));
		assertThat(end).isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3601));
	}

	@ParameterizedTest
	@MethodSource
	void refusesToSignIn(Map<String, Object> body, String detail) {
		DeskUser.nobody(this.web).isRefused(HttpMethod.POST, "/api/session", body, HttpStatus.BAD_REQUEST, detail);
	}

	static Stream<Arguments> refusesToSignIn() {
		return Stream.of(Arguments.of(Map.of(), "user must not be null"),
				Arguments.of(Map.of("user", "Robert'); --"), "user must be a name such as alice"),
				Arguments.of(Map.of("user", "a".repeat(33)), "user must be a name such as alice"),
				Arguments.of(Map.of("user", "alice", "ttl_seconds", 0),
						"ttl_seconds must be greater than or equal to 1"),
				Arguments.of(Map.of("user", "alice", "ttl_seconds", 86_401),
						"ttl_seconds must be less than or equal to 86400"),
				Arguments.of(Map.of("user", "alice", "ttl_seconds", "soon"), "ttl_seconds has the wrong type"),
				Arguments.of(Map.of("user", "alice", "admin", true), "known fields are ttl_seconds, user."));
	}

	private Map<String, Object> signIn(Map<String, Object> body) {
		return DeskUser.nobody(this.web).send(HttpMethod.POST, "/api/session", body);
	}

	private void assertUnauthorized(String token) {
		DeskUser.withToken(this.web, token)
			.exchange(HttpMethod.GET, "/api/tickets", null)
			.expectStatus()
			.isUnauthorized()
			.expectBody()
			.consumeWith((result) -> assertThat(
					new String((result.getResponseBody() != null) ? result.getResponseBody() : new byte[0]))
				.doesNotContain(token));
	}

}
