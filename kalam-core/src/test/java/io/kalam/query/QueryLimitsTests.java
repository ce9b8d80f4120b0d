package io.kalam.query;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is too long, too deep or no query at all is refused, at once.
 * {@code -Dkalam.seed=} repeats the random texts.
 */
@Timeout(60)
class QueryLimitsTests {

	private static final String SELECT = "SELECT * FROM tickets WHERE ";

	private static final Duration LONG = Duration.ofSeconds(5);

	private static final String[] PIECES = { "SELECT", "FROM", "WHERE", "AND", "OR", "NOT", "IN", "BETWEEN", "IS",
			"NULL", "TRUE", "FALSE", "UNKNOWN", "AS", "id", "title", "done", "tickets", "app", ".", ",", "(", ")", "=",
			"<>", "<", ">=", "-", "+", "*", "1", "2.5", "'a'", "$1", "$2", "\"id\"", "JOIN", "LIKE", "CASE", "::", ";",
			"--", "/*", "'", "\"", "$$", "E'", "\u0000", "é", "😀", "\\", "[", "{", "interval", "1e400", "0x1" };

	@Test
	void lengthIsCountedInBytes() {
		String text = "title = '" + "é".repeat(4000) + "'";
		assertThat(QueryFixture.where(text)).isNotNull();
		assertRefused(SELECT + "title = '" + "é".repeat(4100) + "'", "8192 bytes");
		assertRefused("x".repeat(10_000_000), "8192 bytes");
	}

	@Test
	void terms() {
		assertThat(QueryFixture
			.where(IntStream.range(0, 64).mapToObj((i) -> "id = " + i).collect(Collectors.joining(" OR "))))
			.isNotNull();
		assertRefused(SELECT + "id=1 OR ".repeat(64) + "id = 2", "64 conditions");
		assertRefused(SELECT + "done" + " IS TRUE".repeat(900), "64 conditions");
		assertRefused(SELECT + "done OR ".repeat(900) + "done", "64 conditions");
	}

	@Test
	void listsOfValues() {
		assertThat(QueryFixture.where("id IN (" + "1,".repeat(1023) + "2)")).isNotNull();
		assertRefused(SELECT + "id IN (" + "1,".repeat(1024) + "2)", "1024 values");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "NOT ", "NOT (", "NOT NOT (", "id = (", "id IN (", "- ", "id = - + (",
			"((id = 1) AND (", "id BETWEEN (", "(id, " })
	void nesting(String piece) {
		String after = "id = 1";
		for (int depth : new int[] { 10, 15, 30, 33, 1000, 10_000 }) {
			String sql = SELECT + piece.repeat(depth) + after + ")".repeat(depth);
			String limited = (sql.length() > 8192) ? sql.substring(0, 8192) : sql;
			assertInTime(limited, 0);
			assertInTime(SELECT + piece.repeat(Math.min(depth, 8000 / piece.length())), 0);
		}
		assertThat(tryToParse(SELECT + piece.repeat(8000 / piece.length()) + after)).isNotNull();
	}

	@Test
	void deepButAllowed() {
		assertThat(QueryFixture.where("(".repeat(32) + "id = 1" + ")".repeat(32)))
			.isEqualTo(QueryFixture.where("id = 1"));
		assertRefused(SELECT + "(".repeat(33) + "id = 1" + ")".repeat(33), "32 deep");
		assertRefused(SELECT + "NOT ".repeat(33) + "done", "32 deep");
		assertThat(QueryFixture.where("NOT (done) AND ".repeat(60) + "done")).isNotNull();
	}

	@RepeatedTest(20)
	void garbageIsRefusedInTime() {
		long seed = Long.getLong("kalam.seed", System.nanoTime());
		Random random = new Random(seed);
		for (int i = 0; i < 200; i++) {
			String sql = random.nextBoolean() ? mutate(random) : garbage(random);
			assertInTime(sql, seed);
		}
	}

	private static String garbage(Random random) {
		String start = random.nextBoolean() ? SELECT : "SELECT ";
		return start + IntStream.range(0, 1 + random.nextInt(60))
			.mapToObj((i) -> PIECES[random.nextInt(PIECES.length)])
			.collect(Collectors.joining((random.nextInt(5) == 0) ? "" : " "));
	}

	private static String mutate(Random random) {
		StringBuilder sql = new StringBuilder("SELECT id, title FROM app.tickets t WHERE NOT (t.id = 1 OR size"
				+ " BETWEEN $1 AND 5) AND (done IS NOT TRUE OR title IN ('a', 'b''c', NULL)) AND \"order\" <> -1.5e3");
		for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
			int place = random.nextInt(sql.length());
			switch (random.nextInt(5)) {
				case 0 -> sql.deleteCharAt(place);
				case 1 -> sql.insert(place, (char) random.nextInt(0x2FFF));
				case 2 -> sql.insert(place, ' ' + PIECES[random.nextInt(PIECES.length)] + ' ');
				case 3 -> sql.insert(7 + random.nextInt(32), ' ' + PIECES[random.nextInt(31)] + ' ');
				default -> sql.insert(place, sql.substring(random.nextInt(place + 1), place));
			}
		}
		return sql.toString();
	}

	private static void assertInTime(String sql, long seed) {
		long start = System.nanoTime();
		try {
			tryToParse(sql);
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("seed " + seed + ": " + sql, ex);
		}
		assertThat(Duration.ofNanos(System.nanoTime() - start)).as("seed %s: %s", seed, sql).isLessThan(LONG);
	}

	private static QueryException tryToParse(String sql) {
		try {
			QueryFixture.parse(sql, 1, "a");
			return null;
		}
		catch (QueryException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(400);
			return ex;
		}
	}

	private static void assertRefused(String sql, String message) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> QueryFixture.parse(sql))
			.withMessageContaining(message)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(QueryException.Code.UNSUPPORTED));
	}

}
