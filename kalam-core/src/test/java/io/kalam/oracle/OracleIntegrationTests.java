package io.kalam.oracle;

import java.util.Random;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At every quiet moment what each client holds is what its query returns: the real engine
 * on a real Postgres, in a storm of writers and clients, with capture stopped and started
 * in the middle of it. {@code -Dkalam.oracle.seed=…} makes the same choices again as far
 * as threads allow; {@code -Dkalam.oracle.seconds=…} says how long it storms.
 */
class OracleIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(OracleIntegrationTests.class);

	@Test
	void whatClientsHoldIsWhatTheirQueriesReturn() throws Exception {
		long seed = Long.getLong("kalam.oracle.seed", new Random().nextInt(1_000_000_000));
		long seconds = Long.getLong("kalam.oracle.seconds", 10);
		logger.info("The oracle begins: -Dkalam.oracle.seed={} -Dkalam.oracle.seconds={}", seed, seconds);
		PostgresSettings postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres, OracleTable.SCHEMA);
		try (TestEngine engine = new TestEngine(postgres, TestEngine.owned("notes", "owner"),
				TestEngine.shared("board"))) {
			engine.start();
			OracleCounts counts = run(engine, seed, seconds);
			logger.info("The oracle has ended: {}", counts);
			assertThat(counts.snapshots).hasPositiveValue();
			assertThat(counts.resumes).hasPositiveValue();
			assertThat(counts.restarts).hasPositiveValue();
			assertThat(counts.caughtUp).hasPositiveValue();
			assertThat(counts.legacyFrames).hasPositiveValue();
		}
		catch (AssertionError | Exception ex) {
			throw new AssertionError("The oracle has failed with -Dkalam.oracle.seed=" + seed, ex);
		}
	}

	private static OracleCounts run(TestEngine engine, long seed, long seconds) throws Exception {
		long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
		try (OracleStorm storm = new OracleStorm(engine, OracleSize.FULL, seed)) {
			for (int round = 0; round < 3 || System.nanoTime() < end; round++) {
				storm.round(round % 4 == 2);
			}
			return storm.counts();
		}
	}

}
