package io.kalam.starter.torture;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

import io.kalam.catalog.Lsn;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application and Postgres are killed at random moments, under load, and everybody
 * comes back: no client misses a change, is told one twice, or sees half of a commit; a
 * commit has one sequence for ever. {@code -Dkalam.torture.seconds} says how long,
 * {@code -Dkalam.torture.seed} what is done, {@code -Dkalam.torture.journal} in which
 * journal the application keeps its history: if in {@code rocksdb}, no cursor is refused.
 */
class TortureIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(TortureIntegrationTests.class);

	private static final long PATIENCE = 150;

	private static final int WRITERS = 2;

	private static final List<String> USERS = List.of("ann", "ann", "bob", "bob", "cyd");

	private final long seed = Long.getLong("kalam.torture.seed", new SecureRandom().nextInt(1_000_000));

	private final Random random = new Random(this.seed);

	private final TortureStorm storm = new TortureStorm();

	private final List<TortureWriter> writers = new ArrayList<>();

	private final List<TortureClient> clients = new ArrayList<>();

	@Test
	void nothingIsLostHoweverThingsEnd(@TempDir Path directory) throws SQLException {
		String journal = System.getProperty("kalam.torture.journal", "rocksdb");
		logger.info("Seed {}: -Dkalam.torture.seed={} -Dkalam.torture.journal={}", this.seed, this.seed, journal);
		try (TortureDatabase database = new TortureDatabase();
				ApplicationProcess application = new ApplicationProcess(Path.of("target", "torture.log"),
						arguments(database, directory, journal))) {
			application.start();
			startAll(database, application, () -> journal.equals("rocksdb"));
			blow(database, application, Long.getLong("kalam.torture.seconds", 60));
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("Seed " + this.seed + ", after " + this.storm.counts + ": " + ex.getMessage(), ex);
		}
		finally {
			this.storm.end();
			logger.info("Torture, seed {}, {}: {}", this.seed, journal, this.storm.counts);
		}
	}

	private static List<String> arguments(TortureDatabase database, Path directory, String journal) {
		Map<String, String> properties = new TreeMap<>(Map.of("server.port", "0", "spring.r2dbc.url",
				"r2dbc:postgresql://127.0.0.1:" + database.port() + "/torture", "spring.r2dbc.username", "postgres",
				"spring.r2dbc.password", "postgres", "spring.main.banner-mode", "off", "kalam.websocket.auth-timeout",
				"30s", "kalam.websocket.mark-interval", "500ms", "kalam.websocket.max-outbound-buffer", "16KB",
				"kalam.capture.heartbeat-interval", "500ms", "kalam.capture.max-transaction-size", "128KB"));
		if (journal.equals("rocksdb")) {
			properties.put("kalam.journal.directory", directory.resolve("journal").toString());
		}
		properties.put("kalam.journal.type", journal);
		return properties.entrySet().stream().map((entry) -> "--" + entry.getKey() + '=' + entry.getValue()).toList();
	}

	private void startAll(TortureDatabase database, ApplicationProcess application, BooleanSupplier durable) {
		for (int i = 0; i < USERS.size(); i++) {
			TortureClient client = new TortureClient(USERS.get(i), i % 2 == 1, application, this.storm, durable,
					this.random.nextLong());
			this.clients.add(client);
			this.storm.start("torture-client-" + i, client);
		}
		for (int i = 0; i < WRITERS; i++) {
			TortureWriter writer = new TortureWriter(database, this.storm, this.random.nextLong());
			this.writers.add(writer);
			this.storm.start("torture-writer-" + i, writer);
		}
	}

	private void blow(TortureDatabase database, ApplicationProcess application, long seconds) throws SQLException {
		awaitServing(application);
		long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
		long told = System.nanoTime();
		while (System.nanoTime() < end || lacksSomething()) {
			assertThat(System.nanoTime() - end).as("there are things that it has never come to")
				.isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE));
			int kills = 1 + this.random.nextInt(4);
			for (int i = 0; i < kills; i++) {
				this.storm.pause(this.random.nextInt(4000));
				this.storm.rethrow();
				kill(database, application);
			}
			compare(database, application);
			if (System.nanoTime() - told > Duration.ofMinutes(1).toNanos()) {
				told = System.nanoTime();
				logger.info("{} minutes to go: {}", Duration.ofNanos(end - told).toMinutes(), this.storm.counts);
			}
		}
	}

	private boolean lacksSomething() {
		return this.storm.counts.databaseKills.get() == 0 || this.storm.counts.applicationKills.get() == 0
				|| this.storm.counts.resumes.get() == 0;
	}

	private void kill(TortureDatabase database, ApplicationProcess application) {
		int choice = this.random.nextInt(10);
		if (choice < 6) {
			application.kill();
			this.storm.counts.applicationKills.incrementAndGet();
		}
		if (choice >= 5) {
			database.kill();
			this.storm.counts.databaseKills.incrementAndGet();
			this.storm.pause(this.random.nextInt(300));
			database.restart();
		}
		if (!application.isAlive()) {
			application.start();
		}
		if (this.random.nextInt(4) > 0) {
			awaitServing(application);
		}
	}

	/**
	 * It ends by itself if Postgres is killed while it starts.
	 */
	private void awaitServing(ApplicationProcess application) {
		await("the application serves").until(() -> {
			this.storm.rethrow();
			if (!application.isAlive()) {
				application.start();
			}
			return application.uri() != null;
		});
	}

	private void compare(TortureDatabase database, ApplicationProcess application) throws SQLException {
		awaitServing(application);
		this.storm.calm(true);
		try (Connection connection = database.awaitConnection()) {
			awaitAll("the writers have ended", this.writers, TortureWriter::isIdle);
			Lsn end = TortureDatabase.end(connection);
			awaitAll("everybody is complete up to " + end, this.clients, (client) -> client.isCompleteUpTo(end));
			this.storm.book.check(TortureDatabase.begunAfter(connection, this.storm.book.settled()));
			Comparison comparison = new Comparison(connection, this.storm.book);
			this.clients.forEach((client) -> client.compare(comparison));
			this.storm.book.settle();
			this.storm.rethrow();
		}
		this.storm.calm(false);
	}

	private <T> void awaitAll(String what, List<T> parties, Predicate<T> condition) {
		try {
			await(what).until(() -> {
				this.storm.rethrow();
				return parties.stream().allMatch(condition);
			});
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError(ex.getMessage() + ": " + parties, ex);
		}
	}

	private static ConditionFactory await(String what) {
		return Awaitility.await(what).atMost(PATIENCE, TimeUnit.SECONDS).pollInterval(50, TimeUnit.MILLISECONDS);
	}

}
