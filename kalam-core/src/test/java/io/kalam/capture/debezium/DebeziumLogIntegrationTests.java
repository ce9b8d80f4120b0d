package io.kalam.capture.debezium;

import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.kalam.catalog.PostgresSettings;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a source writes into the log.
 */
class DebeziumLogIntegrationTests {

	private static final int STOPS = 20;

	private static final String[] TABLE = { "CREATE TABLE items (id int PRIMARY KEY, name text)",
			"ALTER TABLE items REPLICA IDENTITY FULL" };

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
		List<String> lines = List.copyOf(appender.list).stream().map(DebeziumLogIntegrationTests::line).toList();
		assertThat(lines).hasSizeGreaterThan(50).noneMatch((line) -> line.contains(secret));
	}

	@Test
	void aStopIsNothingToWarnOf() {
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		appender.start();
		logger("io.kalam").addAppender(appender);
		try (CaptureFixture fixture = new CaptureFixture(TABLE)) {
			fixture.know("items");
			for (int i = 0; i < STOPS; i++) {
				Recorder recorder = new Recorder();
				DebeziumChangeSource source = fixture.source();
				source.start(fixture.confirmed(), recorder);
				recorder.awaitStreaming();
				source.stop();
			}
		}
		finally {
			logger("io.kalam").detachAppender(appender);
		}
		assertThat(appender.list.stream().filter((event) -> event.getLevel().isGreaterOrEqual(Level.WARN)))
			.extracting(DebeziumLogIntegrationTests::line)
			.isEmpty();
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
