package io.kalam.desk;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

import static org.assertj.core.api.Assertions.assertThat;

@DeskTest
class MessageApiIntegrationTests {

	private static final String MESSAGES = "/api/messages";

	@Autowired
	private WebTestClient web;

	@Test
	void everybodyReadsARoom() {
		assertThat(bodies(user("zoe"), "incidents")).containsExactly("Uploads are slow again, watching the queue.");
	}

	@Test
	void theAuthorComesFromTheToken() {
		Map<String, Object> message = user("peggy").send(HttpMethod.POST, MESSAGES,
				Map.of("room", "lab", "body", "Hello,\nlab"));
		assertThat(message).containsEntry("author", "peggy")
			.containsEntry("room", "lab")
			.containsOnlyKeys("id", "room", "author", "body", "created_at");
		assertThat(bodies(user("quentin"), "lab")).containsExactly("Hello,\nlab");
	}

	@Test
	void writesToTheGeneralRoomUnlessToldOtherwise() {
		assertThat(user("peggy").send(HttpMethod.POST, MESSAGES, Map.of("body", "Hi"))).containsEntry("room",
				"general");
		assertThat(user("quentin").list(MESSAGES)).extracting((message) -> message.get("body")).contains("Hi");
	}

	@Test
	void onlyTheAuthorChangesAndDeletes() {
		DeskUser rita = user("rita");
		DeskUser mallory = user("mallory");
		String path = MESSAGES + "/"
				+ rita.send(HttpMethod.POST, MESSAGES, Map.of("room", "attic", "body", "First")).get("id");
		mallory.isRefused(HttpMethod.PATCH, path, Map.of("body", "Taken"), HttpStatus.NOT_FOUND, "You have written no");
		mallory.isRefused(HttpMethod.DELETE, path, null, HttpStatus.NOT_FOUND, "You have written no");
		assertThat(bodies(mallory, "attic")).containsExactly("First");
		rita.send(HttpMethod.PATCH, path, Map.of("body", "Second"));
		assertThat(bodies(mallory, "attic")).containsExactly("Second");
		rita.delete(path);
		assertThat(bodies(mallory, "attic")).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void refuses(Map<String, Object> body, String detail) {
		user("oscar").isRefused(HttpMethod.POST, MESSAGES, body, HttpStatus.BAD_REQUEST, detail);
	}

	static Stream<Arguments> refuses() {
		return Stream.of(Arguments.of(Map.of(), "body must not be null"),
				Arguments.of(Map.of("body", " \n "), "body must be a text"),
				Arguments.of(Map.of("body", "nul \0"), "body must be a text"),
				Arguments.of(Map.of("body", "x".repeat(2001)), "body must be a text of 1 to 2000"),
				Arguments.of(Map.of("body", "x", "room", "Lobby!"), "room must be a name such as general"),
				Arguments.of(Map.of("body", "x", "author", "alice"), "There is no field author here"));
	}

	@Test
	void refusesARoomThatCannotBe() {
		user("oscar").isRefused(HttpMethod.GET, MESSAGES + "?room=Lobby!", null, HttpStatus.BAD_REQUEST,
				"room must be a name such as general");
	}

	private DeskUser user(String name) {
		return DeskUser.signedIn(this.web, name);
	}

	private static List<Object> bodies(DeskUser user, String room) {
		return user.list(MESSAGES + "?room=" + room).stream().map((message) -> message.get("body")).toList();
	}

}
