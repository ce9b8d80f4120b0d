package io.kalam.desk;

import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page that stays open while the application is restarted, on a database and a history
 * that outlive it.
 */
@BrowserTest
class RestartBrowserIntegrationTests {

	private static final String[] TITLES = IntStream.rangeClosed(1, 12)
		.mapToObj((number) -> "Ticket " + number)
		.toArray(String[]::new);

	@TempDir
	private Path journal;

	private EmbeddedPostgresServer server;

	private DeskDatabase database;

	private ConfigurableApplicationContext application;

	private FaultProxy proxy;

	@BeforeEach
	void open() {
		this.server = EmbeddedPostgresServer.builder().database("desk").start();
		this.database = new DeskDatabase(this.server);
		this.application = start();
		this.proxy = new FaultProxy(port());
		this.database.commit("DELETE FROM tickets", """
				INSERT INTO tickets (assignee_id, title)
				SELECT 'alice', 'Ticket ' || number FROM generate_series(1, 12) number""");
	}

	@AfterEach
	void close() {
		this.proxy.close();
		this.application.close();
		this.server.close();
	}

	@Test
	void aRestartIsCaughtUpWithAndNotReadAnew(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		alice.awaitTitles(TITLES);
		alice.awaitResumable();
		alice.forgetFrames();
		restart(() -> this.database.commit("DELETE FROM tickets WHERE title = 'Ticket 12'",
				"INSERT INTO tickets (assignee_id, title) VALUES ('alice', 'Ticket 13')"));
		alice.awaitLive().awaitTitles(titles("Ticket 13"));
		assertThat(alice.frames()).contains("subscription_ack resumed").doesNotContain("initial_data_batch");
	}

	@Test
	void aLostHistoryIsReadAnewWithoutAFlash(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		alice.awaitTitles(TITLES);
		alice.awaitResumable();
		alice.forgetFrames();
		this.proxy.meter();
		restart(() -> {
			this.database.value("SELECT pg_drop_replication_slot(slot_name)::text FROM pg_replication_slots");
			this.database.commit("INSERT INTO tickets (assignee_id, title) VALUES ('alice', 'Ticket 13')");
		});
		alice.awaitLiveInSlowMotion(this.proxy);
		alice.awaitTitles(Stream.concat(Stream.of(TITLES), Stream.of("Ticket 13")).toArray(String[]::new));
		assertThat(alice.frames()).contains("subscription_ack", "initial_data_batch")
			.doesNotContain("subscription_ack resumed");
		assertThat(alice.shown()).as("each frame and each change of the page")
			.anyMatch((shown) -> shown.contains("resyncing"))
			.allMatch((shown) -> shown.contains("\"cards\":12") || shown.contains("\"cards\":13"));
	}

	@Test
	void anAnswerThatARestartHasInterruptedEnds(Browser browser) {
		DeskPage alice = browser.open(this.proxy.origin() + "/?as=alice").awaitLive();
		alice.click("#ask");
		DeskPage.eventually(() -> {
			tick();
			assertThat(alice.answers()).singleElement().asString().startsWith("alice, you have");
		});
		restart(() -> {
		});
		alice.awaitLive();
		DeskPage.eventually(() -> assertThat(alice.answers()).isEmpty());
		assertThat(alice.messages()).endsWith("@desk What is next?");
		alice.click("#ask");
		DeskPage.eventually(() -> {
			tick();
			assertThat(alice.messages()).last().asString().startsWith("alice, you have 12 tickets to do");
		});
	}

	private void tick() {
		this.application.getBean(AssistantTime.class).tick();
	}

	private static String[] titles(String last) {
		String[] titles = TITLES.clone();
		titles[titles.length - 1] = last;
		return titles;
	}

	private void restart(Runnable meanwhile) {
		this.application.close();
		meanwhile.run();
		this.application = start();
		this.proxy.target(port());
	}

	private ConfigurableApplicationContext start() {
		return new SpringApplicationBuilder(DeskApplication.class, AssistantTime.class).run("--server.port=0",
				"--spring.r2dbc.url=r2dbc:postgresql://%s:%d/%s".formatted(this.server.host(), this.server.port(),
						this.server.database()),
				"--spring.r2dbc.username=" + this.server.user(), "--spring.r2dbc.password=" + this.server.password(),
				"--desk.development-sign-in.secret=the same before and after a restart",
				"--kalam.postgres.replica-identity=manage", "--kalam.journal.directory=" + this.journal,
				"--kalam.websocket.auth-timeout=30s", "--kalam.websocket.reconnect-spread=1s");
	}

	private int port() {
		return this.application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

}
