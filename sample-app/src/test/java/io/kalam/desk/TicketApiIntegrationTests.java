package io.kalam.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
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
class TicketApiIntegrationTests {

	private static final String TICKETS = "/api/tickets";

	@Autowired
	private WebTestClient web;

	@Autowired
	private EmbeddedPostgresServer server;

	@Test
	void showsAUserTheirOwnTicketsOnly() {
		assertThat(titles(user("carol"))).contains("Mobile menu covers the cookie notice")
			.doesNotContain("Search ignores umlauts");
	}

	@Test
	void createsWithDefaults() {
		DeskUser erin = user("erin");
		assertThat(create(erin, Map.of("title", "Printer on fire"))).containsEntry("assignee_id", "erin")
			.containsEntry("priority", "normal")
			.containsEntry("status", "open")
			.containsOnlyKeys("id", "assignee_id", "title", "priority", "status", "updated_at");
		assertThat(titles(erin)).containsExactly("Printer on fire");
	}

	@Test
	void createsForSomebodyElse() {
		create(user("frank"),
				Map.of("title", "For Grace", "priority", "high", "status", "in_progress", "assignee_id", "grace"));
		assertThat(titles(user("frank"))).isEmpty();
		assertThat(titles(user("grace"))).containsExactly("For Grace");
	}

	@Test
	void changesOnlyWhatIsGiven() {
		DeskUser heidi = user("heidi");
		Map<String, Object> ticket = create(heidi, Map.of("title", "Before", "priority", "low"));
		new DeskDatabase(this.server)
			.commit("UPDATE tickets SET updated_at = updated_at - interval '1 day' WHERE id = " + ticket.get("id"));
		Map<String, Object> changed = heidi.send(HttpMethod.PATCH, path(ticket), Map.of("title", "After"));
		assertThat(changed).containsEntry("title", "After")
			.containsEntry("priority", "low")
			.containsEntry("status", "open");
		assertThat(Instant.parse((String) changed.get("updated_at")))
			.isAfter(Instant.parse((String) ticket.get("updated_at")).minus(Duration.ofHours(1)));
	}

	@Test
	void handsATicketOn() {
		DeskUser ivan = user("ivan");
		String path = path(create(ivan, Map.of("title", "Hot potato")));
		ivan.send(HttpMethod.PATCH, path, Map.of("assignee_id", "judy"));
		assertThat(titles(ivan)).isEmpty();
		assertThat(titles(user("judy"))).containsExactly("Hot potato");
		ivan.isRefused(HttpMethod.DELETE, path, null, HttpStatus.NOT_FOUND, "You have no ticket");
	}

	@Test
	void answersForSomebodyElsesTicketAsForNone() {
		DeskUser kim = user("kim");
		DeskUser mallory = user("mallory");
		String path = path(create(kim, Map.of("title", "Private")));
		for (String target : List.of(path, TICKETS + "/999999999")) {
			mallory.isRefused(HttpMethod.PATCH, target, Map.of("title", "Mine"), HttpStatus.NOT_FOUND,
					"You have no ticket " + target.substring(TICKETS.length() + 1) + ".");
			mallory.isRefused(HttpMethod.DELETE, target, null, HttpStatus.NOT_FOUND,
					"You have no ticket " + target.substring(TICKETS.length() + 1) + ".");
		}
		assertThat(titles(kim)).containsExactly("Private");
	}

	@Test
	void deletes() {
		DeskUser nina = user("nina");
		nina.delete(path(create(nina, Map.of("title", "Over and done"))));
		assertThat(titles(nina)).isEmpty();
	}

	@ParameterizedTest
	@MethodSource
	void refuses(Object body, String detail) {
		DeskUser oscar = user("oscar");
		oscar.isRefused(HttpMethod.POST, TICKETS, body, HttpStatus.BAD_REQUEST, detail);
		assertThat(titles(oscar)).isEmpty();
	}

	static Stream<Arguments> refuses() {
		return Stream.of(Arguments.of(Map.of(), "title must not be null"),
				Arguments.of(Map.of("title", "  "), "title must be one line"),
				Arguments.of(Map.of("title", "x".repeat(201)), "title must be one line of 1 to 200"),
				Arguments.of(Map.of("title", "nul \0"), "title must be one line"),
				Arguments.of(Map.of("title", "x", "priority", "huge"), "priority must be low, normal, high or urgent"),
				Arguments.of(Map.of("title", "x", "status", "lost"),
						"status must be open, in_progress, done or closed"),
				Arguments.of(Map.of("title", "x", "assignee_id", "Not A Name"), "assignee_id must be a name"),
				Arguments.of(Map.of("title", "x", "assignee", "bob"),
						"There is no field assignee here; known fields are assignee_id, priority, status, title."),
				Arguments.of(Map.of("title", List.of("x")), "title has the wrong type"),
				Arguments.of("{ not json", "not valid JSON"), Arguments.of("[]", "Send a JSON object"),
				Arguments.of("null", "Send a JSON object"));
	}

	@Test
	void refusesChangesAsItRefusesTickets() {
		DeskUser pat = user("pat");
		String path = path(create(pat, Map.of("title", "As it was")));
		pat.isRefused(HttpMethod.PATCH, path, Map.of("title", ""), HttpStatus.BAD_REQUEST, "title must be one line");
		pat.isRefused(HttpMethod.PATCH, path, Map.of("id", 1), HttpStatus.BAD_REQUEST, "There is no field id here");
		pat.isRefused(HttpMethod.PATCH, TICKETS + "/first", Map.of("title", "x"), HttpStatus.BAD_REQUEST,
				"id has the wrong type");
		assertThat(titles(pat)).containsExactly("As it was");
	}

	@Test
	void namesEveryFieldThatIsWrong() {
		user("oscar").exchange(HttpMethod.POST, TICKETS, Map.of("title", "", "status", "lost"))
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("status")
			.jsonPath("$.errors[1].field")
			.isEqualTo("title")
			.jsonPath("$.errors[1].message")
			.isEqualTo("must be one line of 1 to 200 characters");
	}

	private DeskUser user(String name) {
		return DeskUser.signedIn(this.web, name);
	}

	private static Map<String, Object> create(DeskUser user, Object body) {
		return user.send(HttpMethod.POST, TICKETS, body);
	}

	private static String path(Map<String, Object> ticket) {
		return TICKETS + "/" + ticket.get("id");
	}

	private static List<Object> titles(DeskUser user) {
		return user.list(TICKETS).stream().map((ticket) -> ticket.get("title")).toList();
	}

}
