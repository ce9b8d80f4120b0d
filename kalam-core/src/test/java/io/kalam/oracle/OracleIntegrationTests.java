package io.kalam.oracle;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.Shrinker;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At every quiet moment what each client holds is what its query returns: the real engine
 * on a real Postgres, in a storm of writers and clients, with capture stopped and started
 * in the middle of it. {@code -Dkalam.oracle.seed=…} makes the same choices again as far
 * as threads allow; {@code -Dkalam.oracle.seconds=…} says how long it storms. If it
 * fails, it is tried with ever fewer who take part, on a new database each time, and the
 * fewest that failed are told.
 */
class OracleIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(OracleIntegrationTests.class);

	private static final Duration SHRINKING = Duration.ofSeconds(90);

	@Test
	void whatClientsHoldIsWhatTheirQueriesReturn() {
		long seed = Long.getLong("kalam.oracle.seed", new Random().nextInt(1_000_000_000));
		long seconds = Long.getLong("kalam.oracle.seconds", 10);
		logger.info("The oracle begins: -Dkalam.oracle.seed={} -Dkalam.oracle.seconds={}", seed, seconds);
		Throwable failure = failure(OracleSize.FULL, seed, seconds);
		if (failure != null) {
			throw new AssertionError(
					"The oracle has failed with -Dkalam.oracle.seed=" + seed + ", and so it has with " + smallest(seed),
					failure);
		}
	}

	private static OracleSize smallest(long seed) {
		return OracleSize.of(Shrinker.shrink(OracleSize.FULL.parts(), (parts) -> {
			OracleSize size = OracleSize.of(parts);
			Throwable failure = failure(size, seed, 3);
			logger.info("The oracle with {}: {}", size, (failure != null) ? failure.toString() : "as it should be");
			return failure != null;
		}, SHRINKING));
	}

	private static Throwable failure(OracleSize size, long seed, long seconds) {
		PostgresSettings postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres, OracleTable.SCHEMA);
		try (TestEngine engine = new TestEngine(postgres, TestEngine.owned("notes", "owner"),
				TestEngine.shared("board"))) {
			engine.start();
			OracleCounts counts = run(engine, size, seed, seconds);
			logger.info("The oracle has ended: {}", counts);
			if (size.equals(OracleSize.FULL)) {
				counts.check();
			}
			return null;
		}
		catch (AssertionError | Exception ex) {
			return ex;
		}
	}

	private static OracleCounts run(TestEngine engine, OracleSize size, long seed, long seconds) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		try (OracleStorm storm = new OracleStorm(engine, size, seed)) {
			for (int round = 0; round < 3 || System.nanoTime() < end; round++) {
				storm.round(round % 4 == 2);
			}
			return storm.counts();
		}
	}

}
