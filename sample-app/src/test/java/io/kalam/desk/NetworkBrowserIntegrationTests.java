package io.kalam.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page shows while its connection goes and comes, and what crosses the wire for
 * it.
 */
@BrowserTest
@DeskTest
class NetworkBrowserIntegrationTests {

	private static final String ANSWERED = """
			return performance.getEntriesByType("resource").map(({ name }) => name)
				.filter((name) => name.includes("/api/tickets/"))""";

	private static final String SNAPSHOT = "initial_data_batch";

	@LocalServerPort
	private int port;

	@Autowired
	private EmbeddedPostgresServer server;

	private DeskDatabase database;

	private FaultProxy proxy;

	@BeforeEach
	void open() {
		this.database = new DeskDatabase(this.server);
		this.database.commit("DELETE FROM tickets WHERE assignee_id = 'alice'", """
				INSERT INTO tickets (assignee_id, title)
				VALUES ('alice', 'Stays'), ('alice', 'Changes'), ('alice', 'Goes')""");
		this.proxy = new FaultProxy(this.port);
	}

	@AfterEach
	void close() {
		this.proxy.close();
	}

	@Test
	void aLostConnectionIsCaughtUpWithAndNotReadAnew(Browser browser) {
		DeskPage alice = desk(browser);
		alice.forgetFrames();
		this.proxy.cut();
		alice.awaitState("stale");
		changeEverything();
		assertThat(alice.titles()).as("the last rows stay").containsExactlyInAnyOrder("Stays", "Changes", "Goes");
		assertThat(alice.text("#tickets-note")).contains("out of date");
		this.proxy.meter();
		this.proxy.mend();
		alice.awaitLiveInSlowMotion(this.proxy).awaitTitles("Stays", "Changed", "Came");
		assertThat(alice.shown()).anyMatch((shown) -> shown.contains("catching-up"));
		assertThat(alice.frames()).contains("subscription_ack resumed").doesNotContain(SNAPSHOT);
		assertThat(alice.texts(".commit .lag")).as("three commits were missed").startsWith("caught up", "caught up");
	}

	@Test
	void aTabIsTakenOfflineAndBroughtBack(Browser browser) {
		DeskPage alice = desk(browser);
		alice.forgetFrames();
		alice.click("#away");
		alice.awaitState("offline");
		changeEverything();
		alice.choose("Stays", "Move to Done");
		DeskPage.eventually(() -> assertThat(alice.text("#toast")).contains("This tab is offline"));
		assertThat(alice.titles("open")).containsExactlyInAnyOrder("Stays", "Changes", "Goes");
		alice.click("#away");
		alice.awaitLive().awaitTitles("Stays", "Changed", "Came");
		assertThat(alice.frames()).contains("subscription_ack resumed").doesNotContain(SNAPSHOT);
	}

	@Test
	void aConnectionThatIsKilledComesBackByItself(Browser browser) {
		DeskPage alice = desk(browser);
		alice.forgetFrames();
		alice.click("#kill");
		DeskPage.eventually(() -> assertThat(alice.sockets()).isEqualTo(2));
		alice.awaitLive();
		assertThat(alice.shown()).anyMatch((shown) -> shown.contains("stale"))
			.allMatch((shown) -> shown.contains("\"cards\":3"));
		assertThat(alice.frames()).doesNotContain(SNAPSHOT);
	}

	@Test
	void aTokenIsRenewedOnTheLiveSocket(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice&ttl=16").awaitLive();
		Instant expired = Instant.now().plusSeconds(17);
		DeskPage.eventually(() -> assertThat(alice.frames().stream().filter("auth_success"::equals).count())
			.isGreaterThanOrEqualTo(2));
		DeskPage.eventually(() -> assertThat(Instant.now()).isAfter(expired));
		this.database.commit("UPDATE tickets SET title = 'Changed' WHERE title = 'Changes'");
		alice.awaitTitles("Stays", "Changed", "Goes");
		assertThat(alice.state()).isEqualTo("live");
		assertThat(alice.sockets()).isOne();
		assertThat(alice.frames()).filteredOn("subscription_ack"::equals).as("one for each query").hasSize(2);
	}

	@Test
	void aReloadShowsTheStoredRowsBeforeThereIsASocket(Browser browser) {
		DeskPage alice = desk(browser);
		this.proxy.hold();
		changeEverything();
		alice.reload();
		alice.awaitTitles("Stays", "Changes", "Goes");
		assertThat(alice.shown()).last().asString().contains("\"source\":\"cache\"", "\"state\":\"stale\"");
		this.proxy.release();
		alice.awaitLive().awaitTitles("Stays", "Changed", "Came");
		assertThat(alice.frames()).contains("subscription_ack resumed").doesNotContain(SNAPSHOT);
	}

	@Test
	void afterAReloadOnesOwnChangesAreStillOnesOwn(Browser browser) {
		DeskPage alice = desk(browser);
		this.proxy.meter();
		alice.choose("Stays", "Move to Done");
		DeskPage.eventually(() -> assertThat(alice.<List<String>>script(ANSWERED)).isNotEmpty());
		this.database.commit("UPDATE tickets SET title = 'Changed' WHERE title = 'Changes'",
				"INSERT INTO messages (room, author, body) VALUES ('general', 'bob', 'Both at once')");
		this.proxy.stopMetering();
		this.proxy.hold();
		alice.reload();
		alice.awaitTitles("Stays", "Changes", "Goes");
		this.proxy.release();
		alice.awaitLive().awaitTitles("Stays", "Changed", "Goes");
		DeskPage.eventually(() -> assertThat(alice.highlighted()).containsExactlyInAnyOrder("Changed", "Both at once"));
		DeskPage.eventually(() -> assertThat(alice.texts(".commit .summary").get(0)).contains("1 ticket changed",
				"1 message added"));
		assertThat(alice.texts(".commit .seq")).as("newest first, each once")
			.doesNotHaveDuplicates()
			.isSortedAccordingTo(Comparator.<String>comparingLong(Long::parseLong).reversed());
	}

	@Test
	void tabsHaveOneSocketAndTheOtherGoesOnWhenOneIsClosed(Browser browser) {
		DeskPage leader = desk(browser);
		DeskPage follower = browser.openTab(this.proxy.origin() + "/?as=alice").awaitLive();
		follower.awaitTitles("Stays", "Changes", "Goes");
		assertThat(follower.sockets()).isZero();
		DeskPage.eventually(() -> assertThat(follower.text("#facts")).contains("another tab's"));
		this.database.commit("UPDATE tickets SET title = 'Changed' WHERE title = 'Changes'");
		leader.awaitTitles("Stays", "Changed", "Goes");
		follower.awaitTitles("Stays", "Changed", "Goes");
		follower.forgetFrames();
		leader.close();
		DeskPage.eventually(() -> assertThat(follower.sockets()).isOne());
		this.database.commit("DELETE FROM tickets WHERE title = 'Goes'");
		follower.awaitTitles("Stays", "Changed");
		follower.awaitLive();
		assertThat(follower.frames()).contains("subscription_ack resumed").doesNotContain(SNAPSHOT);
	}

	private DeskPage desk(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		alice.awaitTitles("Stays", "Changes", "Goes");
		alice.awaitResumable();
		return alice;
	}

	private void changeEverything() {
		this.database.commit("UPDATE tickets SET title = 'Changed' WHERE title = 'Changes'");
		this.database.commit("DELETE FROM tickets WHERE title = 'Goes'");
		this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('alice', 'Came')");
	}

}
