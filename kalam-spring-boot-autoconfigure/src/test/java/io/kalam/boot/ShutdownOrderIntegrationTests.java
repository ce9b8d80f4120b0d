package io.kalam.boot;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.kalam.catalog.PostgresSettings;
import io.kalam.journal.ChangeJournal;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.RealtimePipeline;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The order in which an application begins and ends. The slot is read before anybody is
 * let in. It is released and everybody sent away while the web server answers, then the
 * web server stops, and the journal is closed last.
 */
class ShutdownOrderIntegrationTests {

	private static final String QUERY = "SELECT id, title FROM tickets";

	/**
	 * Less than what Boot gives a phase, whatever else the machine does.
	 */
	private static final Duration BOUND = Duration.ofSeconds(30);

	private EmbeddedPostgresServer server;

	private PostgresSettings settings;

	@BeforeEach
	void start() {
		this.server = EmbeddedPostgresServer.builder().start();
		this.settings = RunningApplication.settings(this.server);
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, assignee_id text,"
						+ " title text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "graceful", "immediate" })
	void everybodyIsSentAwayBeforeTheWebServerStopsAndTheJournalIsClosedLast(String shutdown) {
		String directory = "kalam.journal.directory=" + RunningApplication.newDirectory();
		try (RunningApplication application = start(directory, "server.shutdown=" + shutdown);
				RealtimeTestSocket alice = subscribe(application)) {
			assertThat(application.bean(FirstVisit.class).state).isNotNull().isNotEqualTo(PipelineState.STOPPED);
			ChangeJournal journal = application.bean(ChangeJournal.class);
			RealtimePipeline pipeline = application.bean(RealtimePipeline.class);
			Watch before = application.bean("before", Watch.class).expect(() -> {
				assertThat(alice.awaitClosed().code()).isEqualTo(1001);
				assertThat(pipeline.status().state()).isEqualTo(PipelineState.STOPPED);
				assertThat(application.get("/actuator/health").status()).isEqualTo(503);
				assertThat(Ticketholder.refusal(application.socket())).isEqualTo(503);
			});
			Watch after = application.bean("after", Watch.class)
				.expect(() -> assertThatExceptionOfType(CompletionException.class)
					.isThrownBy(() -> application.get("/actuator/health")));
			Watch last = application.bean("last", Watch.class)
				.expect(() -> assertThat(journal.status().bytes()).isPositive());
			application.stop();
			assertThat(List.of(before.outcome(), after.outcome(), last.outcome())).containsOnly("as expected");
			List<String> frames = alice.frames().stream().map((frame) -> frame.path("type").asString()).toList();
			assertThat(frames.subList(frames.size() - 2, frames.size())).containsExactly("mark", "goaway");
			assertThat(alice.await("goaway").path("retry_after_ms").asInt()).isBetween(0, 5000);
		}
		try (RunningApplication next = start(directory)) {
			subscribe(next).close();
		}
	}

	@Test
	void aClientThatDoesNotReadDoesNotKeepTheApplication() {
		try (RunningApplication application = start("kalam.websocket.drain-timeout=2s");
				RealtimeTestSocket reads = subscribe(application);
				RealtimeTestSocket doesNot = subscribe(application)) {
			doesNot.pause();
			for (int i = 0; i < 10; i++) {
				TestPostgres.execute(this.settings, "INSERT INTO tickets (assignee_id, title) SELECT 'alice', "
						+ "repeat('x', 1000) FROM generate_series(1, 1000)");
			}
			TestPostgres.execute(this.settings, "INSERT INTO tickets (assignee_id, title) VALUES ('alice', 'last')");
			reads.await((frame) -> frame.toString().contains("\"last\""));
			long begun = System.nanoTime();
			application.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(BOUND);
			assertThat(reads.awaitClosed().code()).isEqualTo(1001);
			assertThat(reads.await("goaway").path("retry_after_ms").asInt()).isNotNegative();
		}
	}

	private RunningApplication start(String... properties) {
		return RunningApplication.startOperatedWith(Watches.class, this.settings, properties);
	}

	private static RealtimeTestSocket subscribe(RunningApplication application) {
		RealtimeTestSocket socket = RealtimeTestSocket.authenticated(application.socket(), "alice");
		socket.subscribe("tickets", QUERY);
		socket.await((frame) -> frame.path("type").asString("").equals("mark") && frame.has("subscription_id"));
		return socket;
	}

	@Configuration(proxyBeanMethods = false)
	static class Watches {

		/**
		 * After sockets have been sent away, before the web server's grace.
		 */
		@Bean
		Watch before() {
			return new Watch(SmartLifecycle.DEFAULT_PHASE - 600);
		}

		/**
		 * After the web server, before the pipeline.
		 */
		@Bean
		Watch after() {
			return new Watch(SmartLifecycle.DEFAULT_PHASE - 3000);
		}

		@Bean
		FirstVisit firstVisit(RealtimePipeline pipeline) {
			return new FirstVisit(pipeline);
		}

		@Bean
		Watch last() {
			return new Watch(Integer.MIN_VALUE);
		}

	}

	/**
	 * Knows what the pipeline does when the web server is about to accept the first
	 * visitor.
	 */
	static final class FirstVisit implements SmartLifecycle {

		private final RealtimePipeline pipeline;

		private volatile @Nullable PipelineState state;

		FirstVisit(RealtimePipeline pipeline) {
			this.pipeline = pipeline;
		}

		@Override
		public void start() {
			this.state = this.pipeline.status().state();
		}

		@Override
		public void stop() {
		}

		@Override
		public boolean isRunning() {
			return false;
		}

		@Override
		public int getPhase() {
			return WebServerApplicationContext.START_STOP_LIFECYCLE_PHASE - 1;
		}

	}

	/**
	 * Looks when it is stopped. What it throws nobody would see.
	 */
	static final class Watch implements SmartLifecycle {

		private final int phase;

		private Runnable expectation = () -> {
		};

		private volatile boolean running;

		private volatile String outcome = "not stopped";

		Watch(int phase) {
			this.phase = phase;
		}

		Watch expect(Runnable expectation) {
			this.expectation = expectation;
			return this;
		}

		String outcome() {
			return this.outcome;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			try {
				this.expectation.run();
				this.outcome = "as expected";
			}
			catch (RuntimeException | AssertionError ex) {
				this.outcome = ex.toString();
			}
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return this.phase;
		}

	}

}
