package io.kalam.oracle;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import io.kalam.oracle.OracleStorm.Disturbance;
import io.kalam.testing.Shrinker;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * At every quiet moment what each client holds is what its query returns: the real engine
 * on a real Postgres, in a storm of writers and clients, with capture stopped and started
 * in the middle of it, and the whole engine replaced by another one, with the journal
 * kept and with the journal lost. A cursor that the journal reaches back to is never
 * refused. Who is denied a table for a while is told nothing of it but that.
 * <p>
 * {@code -Dkalam.oracle.seed=…} makes the same choices again as far as threads allow;
 * {@code -Dkalam.oracle.seconds=…} says how long it storms on each kind of journal,
 * {@code -Dkalam.oracle.journal=memory|rocksdb|staging|forgetful} on which one only. If
 * it fails, it is tried with ever fewer who take part, on a new database each time, and
 * the fewest that failed are told.
 */
class OracleIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(OracleIntegrationTests.class);

	private static final Duration SHRINKING = Duration.ofSeconds(90);

	/**
	 * How many rounds more there may be for what comes by chance.
	 */
	private static final int MORE_ROUNDS = 24;

	static Set<OracleEngine.Kind> kinds() {
		String only = System.getProperty("kalam.oracle.journal");
		return (only != null) ? EnumSet.of(OracleEngine.Kind.valueOf(only.toUpperCase(Locale.ROOT)))
				: EnumSet.allOf(OracleEngine.Kind.class);
	}

	@ParameterizedTest
	@MethodSource("kinds")
	void whatClientsHoldIsWhatTheirQueriesReturn(OracleEngine.Kind kind) {
		String name = kind.name().toLowerCase(Locale.ROOT);
		long seed = Long.getLong("kalam.oracle.seed", new Random().nextInt(1_000_000_000));
		long seconds = Long.getLong("kalam.oracle.seconds", 4);
		String options = "-Dkalam.oracle.journal=" + name + " -Dkalam.oracle.seed=" + seed;
		logger.info("The oracle begins: {} -Dkalam.oracle.seconds={}", options, seconds);
		Throwable failure = failure(kind, OracleSize.FULL, seed, seconds);
		if (failure != null) {
			logger.error("The oracle has failed with {}", options, failure);
			throw new AssertionError("The oracle has failed with %s, and so it has with %s: %s".formatted(options,
					smallest(kind, seed), failure), failure);
		}
	}

	private static OracleSize smallest(OracleEngine.Kind kind, long seed) {
		return OracleSize.of(Shrinker.shrink(OracleSize.FULL.parts(), (parts) -> {
			OracleSize size = OracleSize.of(parts);
			Throwable failure = failure(kind, size, seed, 3);
			logger.info("The oracle with {}: {}", size, (failure != null) ? failure.toString() : "as it should be");
			return failure != null;
		}, SHRINKING));
	}

	private static Throwable failure(OracleEngine.Kind kind, OracleSize size, long seed, long seconds) {
		PostgresSettings postgres = TestPostgres.createDatabase();
		TestPostgres.execute(postgres, OracleTable.SCHEMA);
		TestPostgres.execute(postgres, OracleStreams.SCHEMA);
		try (OracleEngine engine = new OracleEngine(postgres, kind)) {
			OracleCounts counts = run(engine, size, seed, seconds);
			logger.info("The oracle has ended: {}, {} commits staged", counts, engine.staged());
			return null;
		}
		catch (AssertionError | Exception ex) {
			return ex;
		}
	}

	private static OracleCounts run(OracleEngine engine, OracleSize size, long seed, long seconds) throws Exception {
		Disturbance[] disturbances = Disturbance.values();
		long start = System.nanoTime();
		try (OracleStorm storm = new OracleStorm(engine, size, seed)) {
			int round = 0;
			while (round < disturbances.length || System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
				storm.round(disturbances[round++ % disturbances.length]);
			}
			for (int more = 0; size.equals(OracleSize.FULL) && lacksSomething(engine, storm.counts()); more++) {
				if (more == MORE_ROUNDS) {
					throw new AssertionError("There are things that it has never come to: " + storm.counts());
				}
				storm.round(disturbances[round++ % disturbances.length]);
			}
			return storm.counts();
		}
	}

	private static boolean lacksSomething(OracleEngine engine, OracleCounts counts) {
		return !counts.complete() || (engine.isStaging() && engine.staged() == 0);
	}

}
