package io.kalam.desk;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user does at the board and in the room, and what another one sees of it.
 */
@BrowserTest
@DeskTest
class BoardBrowserIntegrationTests {

	@LocalServerPort
	private int port;

	@Autowired
	private EmbeddedPostgresServer server;

	private DeskDatabase database;

	/** An origin of its own for each test, of which the browser has stored nothing. */
	private FaultProxy proxy;

	@BeforeEach
	void open() {
		this.proxy = new FaultProxy(this.port);
		this.database = new DeskDatabase(this.server);
		this.database.commit("DELETE FROM tickets WHERE assignee_id IN ('alice', 'bob')");
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void aTicketIsHandedOverAndBack(Browser browser) {
		insert("alice", "Hot potato");
		DeskPage duo = browser.open(origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		alice.awaitTitles("Hot potato");
		assertThat(bob.titles()).isEmpty();
		alice.choose("Hot potato", "Hand to bob");
		bob.awaitTitles("Hot potato");
		alice.awaitTitles();
		bob.choose("Hot potato", "Hand to alice");
		alice.awaitTitles("Hot potato");
		bob.awaitTitles();
		DeskPage
			.eventually(() -> assertThat(alice.texts(".commit .seq").get(0)).isEqualTo(bob.texts(".commit .seq").get(0))
				.matches("\\d+"));
	}

	@Test
	void aMessageReachesTheOtherUserAndIsHighlightedThereOnly(Browser browser) {
		DeskPage duo = browser.open(origin() + "/duo.html");
		DeskPage alice = duo.frame(0).awaitLive();
		DeskPage bob = duo.frame(1).awaitLive();
		alice.say("Lunch?");
		DeskPage.eventually(() -> assertThat(bob.highlighted()).containsExactly("Lunch?"));
		DeskPage.eventually(() -> assertThat(alice.messages()).endsWith("Lunch?"));
		bob.say("In five minutes.");
		DeskPage.eventually(() -> assertThat(alice.highlighted()).containsExactly("In five minutes."));
		assertThat(alice.text("#announcer")).contains("In five minutes.");
	}

	@Test
	void aTicketIsMovedByDraggingByKeysAndByTheMenu(Browser browser) {
		insert("alice", "Moving");
		DeskPage alice = desk(browser, "alice");
		alice.drag("Moving", "in_progress");
		DeskPage.eventually(() -> assertThat(alice.titles("in_progress")).containsExactly("Moving"));
		alice.press("Moving", Keys.SHIFT, Keys.ARROW_RIGHT);
		DeskPage.eventually(() -> assertThat(alice.titles("done")).containsExactly("Moving"));
		assertThat(alice.texts(".column .count")).containsExactly("0", "0", "1");
		assertThat(this.<String>active(alice)).as("the focus goes along").isEqualTo("Moving");
		alice.choose("Moving", "Move to Open");
		DeskPage.eventually(() -> assertThat(alice.titles("open")).containsExactly("Moving"));
		assertThat(status("Moving")).isEqualTo("open");
		assertThat(alice.highlighted()).as("one's own changes are not highlighted").isEmpty();
	}

	@Test
	void aTicketIsCreatedEditedClosedAndOpenedAgain(Browser browser) {
		DeskPage alice = desk(browser, "alice");
		alice.click("#new-ticket");
		alice.find("#ticket-dialog [name=title]").sendKeys("Prniter", Keys.ENTER);
		alice.awaitTitles("Prniter");
		alice.press("Prniter", Keys.ENTER);
		alice.find("#ticket-dialog [name=title]").clear();
		alice.find("#ticket-dialog [name=title]").sendKeys("Printer", Keys.ENTER);
		alice.awaitTitles("Printer");
		alice.choose("Printer", "Close ticket");
		alice.awaitTitles();
		assertThat(status("Printer")).isEqualTo("closed");
		alice.click("#toast button");
		alice.awaitTitles("Printer");
	}

	@Test
	void whatAnybodyCommitsIsShownAndHighlighted(Browser browser) {
		insert("alice", "As it was");
		DeskPage alice = desk(browser, "alice");
		this.database.commit("UPDATE tickets SET title = 'Changed by psql' WHERE title = 'As it was'");
		alice.awaitTitles("Changed by psql");
		DeskPage.eventually(() -> assertThat(alice.highlighted()).containsExactly("Changed by psql"));
		assertThat(alice.text("#badge")).matches("(?s)Live\\s*\\d+ ms");
	}

	@Test
	void textIsTextWhateverItLooksLike(Browser browser) {
		String markup = "<img src=x onerror=alert(1)>";
		insert("alice", markup);
		DeskPage alice = desk(browser, "alice");
		alice.awaitTitles(markup);
		alice.say(markup);
		DeskPage.eventually(() -> assertThat(alice.messages()).endsWith(markup));
		assertThat(alice.texts("#board img, #messages img")).isEmpty();
	}

	@Test
	void aRefusalIsShownAndNothingElseChanges(Browser browser) {
		DeskPage alice = desk(browser, "alice");
		alice.click("#new-ticket");
		alice.find("#ticket-dialog [name=title]").sendKeys("   ", Keys.ENTER);
		DeskPage.eventually(() -> assertThat(alice.text("#ticket-dialog .error")).contains("title must be one line"));
		assertThat(alice.titles()).isEmpty();
	}

	@Test
	void signingOutLeavesNothingBehind(Browser browser) {
		insert("alice", "Secret");
		DeskPage alice = desk(browser, "alice");
		alice.awaitTitles("Secret");
		DeskPage second = browser.openTab(origin() + "/?as=alice").awaitLive();
		alice.click("#account-menu");
		alice.click("#menu button");
		DeskPage.eventually(() -> assertThat(alice.text("#sign-in h1")).isEqualTo("Who is at the desk?"));
		DeskPage.eventually(() -> assertThat(second.text("#sign-in h1")).isEqualTo("Who is at the desk?"));
		assertThat(alice.titles()).isEmpty();
		assertThat(second.titles()).isEmpty();
	}

	private <T> T active(DeskPage page) {
		return page.script("return document.activeElement.textContent");
	}

	private DeskPage desk(Browser browser, String user) {
		return browser.open(origin() + "/?as=" + user).awaitLive();
	}

	private void insert(String user, String title) {
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('%s', '%s')".formatted(user, title));
	}

	private String status(String title) {
		return this.database.value("SELECT status FROM tickets WHERE title = '%s'".formatted(title));
	}

	private String origin() {
		return this.proxy.origin();
	}

}
