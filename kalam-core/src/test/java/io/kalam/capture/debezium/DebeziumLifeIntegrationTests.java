package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.capture.CaptureException;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.PostgresSettings;
import io.kalam.change.CommittedTransaction;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DebeziumLifeIntegrationTests {

	private static final String[] TABLE = { "CREATE TABLE items (id int PRIMARY KEY, name text)",
			"ALTER TABLE items REPLICA IDENTITY FULL" };

	@Test
	void aStoppedSourceLeavesNothingBehind() {
		Set<Thread> before = threads();
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			recorder.awaitTransaction();
			assertThat(threads()).extracting(Thread::getName)
				.contains("kalam-capture-" + fixture.slot, "kalam-stream-" + fixture.slot, "kalam-acknowledge");
			fixture.latest().stop();
			assertThat(fixture.isActive()).isFalse();
			fixture.latest().stop();
			fixture.execute("INSERT INTO items VALUES (2, 'b')");
			assertThat(recorder.failures).isEmpty();
			await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
				Set<Thread> left = threads();
				left.removeAll(before);
				assertThat(left).extracting(Thread::getName)
					.noneMatch((name) -> name.startsWith("kalam-") || name.contains("debezium"));
			});
			assertThat(recorder.transactions).isEmpty();
		}
	}

	private static Set<Thread> threads() {
		return Thread.getAllStackTraces().keySet().stream().collect(Collectors.toSet());
	}

	@Test
	void theStreamWaitsForTheSocketAndNotByDebeziumsClock() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.start();
			await().during(Duration.ofMillis(300)).atMost(Duration.ofSeconds(10)).until(() -> {
				List<StackTraceElement> stack = Thread.getAllStackTraces()
					.entrySet()
					.stream()
					.filter((entry) -> entry.getKey().getName().equals("kalam-stream-" + fixture.slot))
					.flatMap((entry) -> Arrays.stream(entry.getValue()))
					.toList();
				return stack.stream()
					.anyMatch((frame) -> frame.getClassName().startsWith(WaitableSocket.class.getName()))
						&& stack.stream().anyMatch((frame) -> frame.getClassName().contains("PostgresStreaming"));
			});
		}
	}

	@Test
	void noTransactionIsLeftOpenInTheDatabase() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')", "ALTER TABLE items ADD x int",
					"INSERT INTO items VALUES (2, 'b')");
			recorder.awaitTransactions(2);
			await().during(Duration.ofSeconds(1))
				.atMost(Duration.ofSeconds(10))
				.until(() -> "0".equals(fixture.query("SELECT count(*) FROM pg_stat_activity WHERE "
						+ "datname = current_database() AND pid <> pg_backend_pid() "
						+ "AND (xact_start IS NOT NULL AND backend_type = 'client backend' OR backend_xmin IS NOT NULL)")));
			assertThat(Integer.parseInt(fixture.query("SELECT count(*) FROM pg_stat_activity WHERE "
					+ "datname = current_database() AND pid <> pg_backend_pid()")))
				.isLessThanOrEqualTo(3);
		}
	}

	@Test
	void anErrorOfTheListenerIsReportedToo() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					throw new StackOverflowError();
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			assertThat(recorder.awaitFailure()).hasRootCauseInstanceOf(StackOverflowError.class);
		}
	}

	@Test
	void theHostMayBeAnIpv6Address() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings mapped = new PostgresSettings("::ffff:127.0.0.1", p.port(), p.database(), p.user(),
					p.password(), Map.of());
			fixture.know("items");
			Recorder recorder = new Recorder();
			fixture.source(fixture.settings(mapped, Map.of())).start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
		}
	}

	@Test
	void aSourceThatWasNotStartedCanBeStopped() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.source().stop();
		}
	}

	@Test
	void aSourceIsStoppedWhileItStarts() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			for (int i = 0; i < 12; i++) {
				Recorder recorder = new Recorder();
				DebeziumChangeSource source = fixture.source();
				source.start(fixture.confirmed(), recorder);
				int milliseconds = i * 25;
				await().pollDelay(Duration.ofMillis(milliseconds)).until(() -> true);
				long begin = System.nanoTime();
				source.stop();
				assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
				assertThat(recorder.failures).isEmpty();
				assertThat(fixture.isActive()).isFalse();
			}
			fixture.start();
		}
	}

	@Test
	void aBlockedListenerEndsWhenTheSourceIsStopped() throws InterruptedException {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			CountDownLatch blocked = new CountDownLatch(1);
			AtomicBoolean interrupted = new AtomicBoolean();
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					super.onTransaction(transaction);
					blocked.countDown();
					try {
						new CountDownLatch(1).await();
					}
					catch (InterruptedException ex) {
						interrupted.set(true);
						Thread.currentThread().interrupt();
					}
				}

			};
			DebeziumChangeSource source = fixture.source();
			source.start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			for (int i = 0; i < 20; i++) {
				fixture.execute("INSERT INTO items SELECT i, repeat('x', 200) FROM generate_series(" + i * 1000 + ", "
						+ (i * 1000 + 999) + ") i");
			}
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			long begin = System.nanoTime();
			source.stop();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
			assertThat(interrupted).isTrue();
			assertThat(recorder.transactions).hasSize(1);
			assertThat(recorder.failures).isEmpty();
			assertThat(fixture.isActive()).isFalse();
		}
	}

	@Test
	void aBlockedListenerDoesNotLoseTheConnection() throws Exception {
		try (EmbeddedPostgres server = TestPostgres.start(Map.of("wal_sender_timeout", "1s"));
				CaptureFixture fixture = new CaptureFixture(TestPostgres.settings(server, "postgres"), TABLE)) {
			fixture.know("items");
			CountDownLatch blocked = new CountDownLatch(1);
			CountDownLatch go = new CountDownLatch(1);
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					blocked.countDown();
					try {
						go.await();
					}
					catch (InterruptedException ex) {
						Thread.currentThread().interrupt();
					}
					super.onTransaction(transaction);
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			String pid = fixture.query("SELECT active_pid FROM pg_replication_slots");
			for (int i = 0; i < 30; i++) {
				fixture.execute("INSERT INTO items SELECT i, repeat('x', 1000) FROM generate_series(" + i * 1000 + ", "
						+ (i * 1000 + 999) + ") i");
			}
			assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
			await().during(Duration.ofSeconds(5))
				.atMost(Duration.ofSeconds(8))
				.until(() -> pid.equals(fixture.query("SELECT active_pid FROM pg_replication_slots")));
			go.countDown();
			recorder.awaitTransactions(30);
			assertThat(fixture.query("SELECT active_pid FROM pg_replication_slots")).isEqualTo(pid);
		}
	}

	@Test
	void aSlotThatIsMissingIsAPermanentFailureAndIsNotMade() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("SELECT pg_drop_replication_slot('" + fixture.slot + "')");
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining(fixture.slot).hasMessageContaining("does not exist");
			assertThat(
					fixture.query("SELECT count(*) FROM pg_replication_slots WHERE slot_name = '" + fixture.slot + "'"))
				.isEqualTo("0");
		}
	}

	@Test
	void aPublicationThatIsMissingIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("DROP PUBLICATION pub");
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("publication pub");
		}
	}

	@Test
	void aSlotInUseIsAPassingFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.start();
			CaptureException failure = failure(fixture, fixture.settings(fixture.postgres, Map.of()));
			assertThat(failure.isPermanent()).isFalse();
			assertThat(failure).hasMessageContaining("in use");
			assertThat(fixture.isActive()).isTrue();
		}
	}

	@Test
	void aWrongPasswordIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.execute("CREATE ROLE wrong LOGIN REPLICATION PASSWORD 'right'");
			PostgresSettings wrong = with(fixture.postgres, "nobody_at_all", "hunter2");
			CaptureException failure = failure(fixture, fixture.settings(wrong, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("refuses the login").hasMessageNotContaining("hunter2");
			fixture.execute("DROP ROLE wrong");
		}
	}

	@Test
	void aMissingPrivilegeIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("CREATE ROLE plain LOGIN PASSWORD 'plain'");
			CaptureException failure = failure(fixture,
					fixture.settings(with(fixture.postgres, "plain", "plain"), Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("ALTER ROLE plain REPLICATION");
			fixture.execute("DROP ROLE plain");
		}
	}

	@Test
	void aDatabaseThatIsMissingIsAPermanentFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings other = new PostgresSettings(p.host(), p.port(), "nowhere", p.user(), p.password(),
					Map.of());
			CaptureException failure = failure(fixture, fixture.settings(other, Map.of()));
			assertThat(failure.isPermanent()).isTrue();
			assertThat(failure).hasMessageContaining("database does not exist");
		}
	}

	@Test
	void aDatabaseThatIsAwayIsAPassingFailure() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			PostgresSettings p = fixture.postgres;
			PostgresSettings away = new PostgresSettings(p.host(), 1, p.database(), p.user(), p.password(), Map.of());
			assertThat(failure(fixture, fixture.settings(away, Map.of())).isPermanent()).isFalse();
		}
	}

	@Test
	void aConnectionThatIsCutIsAPassingFailureAndTheSlotIsFree() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = fixture.start();
			fixture.query("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
					+ fixture.slot + "'");
			CaptureException failure = recorder.awaitFailure();
			assertThat(failure.isPermanent()).isFalse();
			assertThat(recorder.failures).hasSize(1);
			assertThat(fixture.isActive()).isFalse();
			Recorder again = fixture.start();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			again.awaitTransaction();
		}
	}

	@Test
	void aListenerThatThrowsEndsTheSource() {
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			Recorder recorder = new Recorder() {

				@Override
				public void onTransaction(CommittedTransaction transaction) {
					throw new IllegalStateException("no");
				}

			};
			fixture.source().start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			assertThat(recorder.awaitFailure()).hasRootCauseMessage("no");
			assertThat(fixture.isActive()).isFalse();
		}
	}

	private static CaptureException failure(CaptureFixture fixture, DebeziumSettings settings) {
		Recorder recorder = new Recorder();
		long begin = System.nanoTime();
		fixture.source(settings).start(new Lsn(1), recorder);
		CaptureException failure = recorder.awaitFailure();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(10));
		return failure;
	}

	private static PostgresSettings with(PostgresSettings settings, String user, String password) {
		return new PostgresSettings(settings.host(), settings.port(), settings.database(), user, password, Map.of());
	}

	@Test
	void noSecretReachesALog() {
		String secret = "S3cr3t-word";
		Logger root = ((LoggerContext) LoggerFactory.getILoggerFactory()).getLogger("ROOT");
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		List<Logger> loggers = List.of(logger("io.debezium"), logger("org.apache.kafka"), logger("io.kalam"),
				logger("org.postgresql"));
		appender.start();
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			fixture.execute("CREATE ROLE secretive LOGIN SUPERUSER PASSWORD '" + secret + "'");
			loggers.forEach((logger) -> listen(logger, appender));
			PostgresSettings p = fixture.postgres;
			PostgresSettings settings = new PostgresSettings(p.host(), p.port(), p.database(), "secretive", secret,
					Map.of("sslpassword", secret, "sslmode", "prefer"));
			Recorder recorder = new Recorder();
			fixture.source(fixture.settings(settings, Map.of())).start(fixture.confirmed(), recorder);
			recorder.awaitStreaming();
			fixture.execute("INSERT INTO items VALUES (1, 'a')");
			recorder.awaitTransaction();
			fixture.query("SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '"
					+ fixture.slot + "'");
			recorder.awaitFailure();
			fixture.execute("DROP ROLE secretive");
		}
		finally {
			loggers.forEach((logger) -> logger.detachAppender(appender));
			loggers.forEach((logger) -> logger.setLevel(null));
			assertThat(root.getLevel()).isEqualTo(Level.WARN);
		}
		List<String> lines = List.copyOf(appender.list).stream().map(DebeziumLifeIntegrationTests::line).toList();
		assertThat(lines).hasSizeGreaterThan(50).noneMatch((line) -> line.contains(secret));
	}

	private static String line(ILoggingEvent event) {
		String message = event.getLoggerName() + ": " + event.getFormattedMessage();
		IThrowableProxy thrown = event.getThrowableProxy();
		return (thrown != null) ? message + ThrowableProxyUtil.asString(thrown) : message;
	}

	private static Logger logger(String name) {
		return (Logger) LoggerFactory.getLogger(name);
	}

	private static void listen(Logger logger, ListAppender<ILoggingEvent> appender) {
		logger.setLevel(Level.DEBUG);
		logger.addAppender(appender);
	}

}
