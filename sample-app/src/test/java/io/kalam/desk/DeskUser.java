package io.kalam.desk;

import java.util.List;
import java.util.Map;

import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody who has signed in and calls the API.
 */
final class DeskUser {

	private static final ParameterizedTypeReference<Map<String, Object>> OBJECT = new ParameterizedTypeReference<>() {
	};

	private static final ParameterizedTypeReference<List<Map<String, Object>>> LIST = new ParameterizedTypeReference<>() {
	};

	private final WebTestClient web;

	private DeskUser(WebTestClient web) {
		this.web = web;
	}

	static DeskUser nobody(WebTestClient web) {
		return new DeskUser(web);
	}

	static DeskUser signedIn(WebTestClient web, String name) {
		String token = (String) nobody(web).send(HttpMethod.POST, "/api/session", Map.of("user", name)).get("token");
		return withToken(web, token);
	}

	static DeskUser withToken(WebTestClient web, String token) {
		return new DeskUser(web.mutate().defaultHeaders((headers) -> headers.setBearerAuth(token)).build());
	}

	List<Map<String, Object>> list(String path) {
		return exchange(HttpMethod.GET, path, null).expectStatus()
			.isOk()
			.expectBody(LIST)
			.returnResult()
			.getResponseBody();
	}

	Map<String, Object> send(HttpMethod method, String path, Object body) {
		return exchange(method, path, body).expectStatus()
			.is2xxSuccessful()
			.expectBody(OBJECT)
			.returnResult()
			.getResponseBody();
	}

	void delete(String path) {
		exchange(HttpMethod.DELETE, path, null).expectStatus().isNoContent().expectBody().isEmpty();
	}

	void isRefused(HttpMethod method, String path, Object body, HttpStatus status, String detail) {
		exchange(method, path, body).expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody(OBJECT)
			.value((problem) -> assertThat(problem.get("detail")).asString()
				.contains(detail)
				.doesNotContainIgnoringCase("exception")
				.doesNotContainIgnoringCase("jackson")
				.doesNotContain("io.kalam"));
	}

	WebTestClient.ResponseSpec exchange(HttpMethod method, String path, Object body) {
		WebTestClient.RequestBodySpec request = this.web.method(method).uri(path);
		return (body != null) ? request.contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange()
				: request.exchange();
	}

}
