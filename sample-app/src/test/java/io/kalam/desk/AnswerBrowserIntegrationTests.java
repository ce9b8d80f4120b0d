package io.kalam.desk;

import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How an answer is seen to grow, and to become a message.
 */
@BrowserTest
@DeskTest
class AnswerBrowserIntegrationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private EmbeddedPostgresServer server;

	@Autowired
	private AssistantTime time;

	private DeskDatabase database;

	private FaultProxy proxy;

	@BeforeEach
	void open() {
		this.proxy = new FaultProxy(this.port);
		this.database = new DeskDatabase(this.server);
		this.database.commit("DELETE FROM messages WHERE author = '@desk'");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void anAnswerGrowsForEverybodyAndBecomesOneMessage(Browser browser) {
		DeskPage duo = browser.open(this.proxy.origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		alice.click("#ask");
		awaitWords(alice, "alice, you have");
		awaitWords(bob, "alice, you have");
		DeskPage carol = browser.openTab(this.proxy.origin() + "/?as=carol").awaitLive();
		DeskPage.eventually(() -> assertThat(carol.answers()).as("so far").isNotEmpty().isEqualTo(bob.answers()));
		awaitMessages(1);
		String answer = this.database.value("SELECT body FROM messages WHERE author = '@desk'");
		for (DeskPage page : List.of(alice, bob, carol)) {
			DeskPage.eventually(() -> assertThat(page.messages()).endsWith(answer));
			assertThat(page.answers()).isEmpty();
			assertNeverBothNorNone(page.room(), answer);
		}
	}

	@Test
	void twoAreAnsweredAtOnce(Browser browser) {
		DeskPage duo = browser.open(this.proxy.origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		alice.say("@desk, help!");
		DeskPage.eventually(() -> assertThat(bob.messages()).endsWith("@desk, help!"));
		bob.click("#ask");
		DeskPage.eventually(() -> {
			this.time.tick();
			assertThat(alice.answers()).hasSize(2);
		});
		assertThat(alice.answers().get(0)).startsWith("alice,");
		assertThat(alice.answers().get(1)).startsWith("bob,");
		awaitMessages(2);
		DeskPage.eventually(() -> assertThat(bob.answers()).isEmpty());
		assertThat(bob.messages()).filteredOn((text) -> text.contains("tickets by number only"))
			.extracting((text) -> text.substring(0, text.indexOf(',')))
			.containsExactlyInAnyOrder("alice", "bob");
	}

	private void awaitWords(DeskPage page, String words) {
		DeskPage.eventually(() -> {
			if (page.answers().stream().noneMatch((answer) -> answer.startsWith(words))) {
				this.time.tick();
			}
			assertThat(page.answers()).singleElement().asString().startsWith(words);
		});
	}

	private void awaitMessages(int count) {
		DeskPage.eventually(() -> {
			this.time.tick();
			assertThat(this.database.value("SELECT count(*) FROM messages WHERE author = '@desk'"))
				.isEqualTo(String.valueOf(count));
		});
	}

	private static void assertNeverBothNorNone(List<String> shown, String answer) {
		List<String> since = shown.stream().dropWhile((room) -> answers(room).isEmpty()).toList();
		assertThat(since).as("grew").hasSizeGreaterThan(3);
		assertThat(since).allMatch((room) -> answers(room).isEmpty() == JsonPath.read(room, "$.last").equals(answer));
		assertThat(since).flatExtracting(AnswerBrowserIntegrationTests::answers)
			.allMatch(answer::startsWith)
			.isSorted();
	}

	private static List<String> answers(String room) {
		return JsonPath.read(room, "$.answers");
	}

}
