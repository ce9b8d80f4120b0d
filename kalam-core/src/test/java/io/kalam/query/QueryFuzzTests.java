package io.kalam.query;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.testing.TestTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whatever text and parameters come, they are a query or are refused, and reading them
 * takes no more than a fixed amount of work for each byte. Work is counted in bytes that
 * are allocated: nothing is read without allocating, and a clock would tell of the
 * machine.
 */
class QueryFuzzTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("kalam.query.fuzz.seconds", 3));

	private static final long WORK = 1_000_000;

	private static final long WORK_PER_BYTE = 2_000;

	private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private static final String START = "SELECT * FROM tickets WHERE ";

	private static final List<String> QUERIES = List.of(
			START + "NOT (id = 1 OR size BETWEEN $1 AND 5) AND (done IS NOT TRUE OR title IN ('a', 'b''c', NULL))",
			START + "created > '2026-01-31T12:00:00Z'::timestamptz AND due < DATE '2026-01-31' OR id = CAST($1 AS bigint)",
			START + "data -> 'a' -> -1 ->> 'b' = $2 AND (data ->> 0) COLLATE \"C\" < 'x' AND data = '{\"a\": [1.0]}'::jsonb",
			START + "tags @> '{a,\"b c\"}' AND tags && $3 AND 'x' = ANY (tags) AND id <> ALL ($3::int[]) OR size >= ANY ('{1,2}')",
			START + "status BETWEEN 'open' AND 'closed' AND status <> 'new' AND score > price AND code ILIKE 'a%' ESCAPE '!'",
			"SUBSCRIBE TO app.tickets t WHERE t.code = CURRENT_USER OPTIONS (last_rows = 20, batch_size = 5, from = '7')",
			"SELECT id, \"order\", t.größe FROM app.tickets AS t WHERE title IS NOT DISTINCT FROM NULL");

	private static final String[] PIECES = { "SELECT", "SUBSCRIBE TO", "FROM", "WHERE", "AND", "OR", "NOT", "IN (",
			"BETWEEN", "SYMMETRIC", "IS", "NULL", "TRUE", "UNKNOWN", "DISTINCT FROM", "AS", "id", "title", "done",
			"data", "tags", "status", "tickets", ".", ",", "(", ")", "=", "<>", "<", ">=", "-", "+", "*", "1", "2.5",
			"'a'", "$1", "$2", "$3", "\"id\"", "LIKE", "ESCAPE", "::", "::int", "::jsonb", "::text[]", "CAST(",
			"DATE '", "COLLATE \"C\"", "->", "->>", "'a'", "-1", "@>", "<@", "&&", "'{a,b}'", "'{{a},{b}}'", "ANY (",
			"ALL (", "OPTIONS (", "last_rows =", "[", "]", ";", "--", "/*", "'", "\"", "$$", "E'", "\u0000", "é",
			"\uD83D\uDE00", "\uD83D", "\uDE00", "\\", "{", "interval", "1e400", "1e999999999", "0x1",
			"double precision", "timestamp with time zone", "CURRENT_USER", "9".repeat(400) };

	private static Row row;

	@BeforeAll
	static void prepare() {
		String[] values = new String[QueryFixture.rowType().codecs().size()];
		values[0] = "1";
		row = TestTypes.row(QueryFixture.rowType(), values);
		QUERIES.forEach((sql) -> read(sql, List.of(1, "a", List.of("a", "1"))));
		List.of("", "SELECT", "SELECT id", START + "id", START + "id = = 5").forEach((sql) -> read(sql, List.of()));
	}

	@Test
	void whateverComesIsAQueryOrRefused() {
		Random random = new Random(SEED);
		long end = System.nanoTime() + BUDGET.toNanos();
		int accepted = 0;
		int texts = 0;
		while (System.nanoTime() < end || texts < 2000) {
			String sql = (random.nextInt(3) == 0) ? garbage(random) : mutated(random);
			accepted += isAccepted(sql, parameters(random)) ? 1 : 0;
			texts++;
		}
		assertThat(accepted).as("seed %s", SEED).isGreaterThan(texts / 200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "(", "NOT ", "CAST(", "CAST((", "id IN (", "data -> 'a' ", "data -> ", "-> 0 ",
			"'1'::int ", "::int", "id::int = ", "- ", "tags @> ", "id = ANY (", "'a' = ALL (tags) AND ",
			"code COLLATE \"C\" ", " COLLATE \"C\"", "[", "int[", "double ", "DATE ", "OPTIONS (", "x = 1, ", "\uD83D",
			"a.", "$1,", "{", "BETWEEN " })
	void oneOrManyOfTheSameAreBounded(String piece) {
		for (String start : List.of(START, "", "SELECT ", "SELECT id ", "SUBSCRIBE TO tickets ", START + "id ",
				START + "data ", START + "id = '1'")) {
			for (int count : new int[] { 1, 33, 500, 8192 }) {
				String text = start + piece.repeat(count);
				isAccepted(text.substring(0, Math.min(text.length(), 8190)), List.of(1));
				isAccepted(text, List.of(1));
			}
		}
	}

	@Test
	void tenThousandTermsAreRefusedHoweverLongATextMayBe() {
		LiveQueryParser parser = new LiveQueryParser(new QueryLimits(10_000_000, 64, 1024, 32, WindowLimits.DEFAULT));
		for (String term : List.of("id = 1", "tags @> '{a}'", "data ->> 'a' = 'b'", "'a' = ANY (tags)",
				"due = DATE '2026-01-01'")) {
			for (String operator : List.of(" AND ", " OR ", " AND NOT ")) {
				String sql = START + String.join(operator, Collections.nCopies(10_000, term));
				long before = THREADS.getCurrentThreadAllocatedBytes();
				assertThatExceptionOfType(QueryException.class)
					.isThrownBy(() -> parser.parse(sql, List.of(), "alice", QueryFixture::find))
					.withMessageContaining("64 conditions");
				assertThat(THREADS.getCurrentThreadAllocatedBytes() - before)
					.isLessThan(WORK + WORK_PER_BYTE * sql.length());
			}
		}
	}

	private static boolean isAccepted(String sql, List<? extends @Nullable Object> parameters) {
		long before = THREADS.getCurrentThreadAllocatedBytes();
		boolean accepted;
		try {
			accepted = read(sql, parameters);
		}
		catch (RuntimeException | Error ex) {
			throw new AssertionError("seed " + SEED + ": " + sql + " with " + parameters, ex);
		}
		long work = THREADS.getCurrentThreadAllocatedBytes() - before;
		int bytes = Math.min(sql.length(), QueryLimits.DEFAULT.maxLength());
		assertThat(work).as("seed %s: %s", SEED, sql).isLessThan(WORK + WORK_PER_BYTE * bytes);
		return accepted;
	}

	private static boolean read(String sql, List<? extends @Nullable Object> parameters) {
		LiveQuery query;
		try {
			query = new LiveQueryParser(QueryLimits.DEFAULT).parse(sql, parameters, "alice", QueryFixture::find);
		}
		catch (QueryException ex) {
			assertThat(ex.getMessage()).hasSizeLessThan(400);
			assertThat(ex.position()).isBetween(0, sql.length() + 1);
			return false;
		}
		try {
			query.predicate().test(row);
		}
		catch (CodecException ex) {
			assertThat(ex).hasMessageContaining("label");
		}
		SqlCondition condition = query.predicate().toSql();
		assertThat(condition.text().chars().filter((character) -> character == '$').count())
			.isEqualTo(condition.parameters().size());
		assertThat(condition.parameters()).allSatisfy((value) -> assertThat(value).doesNotContain("\u0000"));
		return true;
	}

	private static List<@Nullable Object> parameters(Random random) {
		List<@Nullable Object> parameters = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			parameters.add(parameter(random, 2));
		}
		return parameters;
	}

	private static @Nullable Object parameter(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 9 : 7)) {
			case 0 -> null;
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt(5);
			case 3 -> BigDecimal.ONE.scaleByPowerOfTen(exponent(random));
			case 4 -> random.nextDouble();
			case 5 -> PIECES[random.nextInt(PIECES.length)];
			case 6 -> "open";
			default -> Arrays.asList(parameter(random, depth - 1), parameter(random, depth - 1));
		};
	}

	private static int exponent(Random random) {
		int exponent = random.nextInt((int) Math.pow(10, 1 + random.nextInt(6)));
		return random.nextBoolean() ? exponent : -exponent;
	}

	private static String garbage(Random random) {
		return (random.nextBoolean() ? START : "") + IntStream.range(0, 1 + random.nextInt(60))
			.mapToObj((i) -> PIECES[random.nextInt(PIECES.length)])
			.collect(Collectors.joining((random.nextInt(5) == 0) ? "" : " "));
	}

	private static String mutated(Random random) {
		StringBuilder sql = new StringBuilder(QUERIES.get(random.nextInt(QUERIES.size())));
		for (int changes = random.nextInt(4); changes > 0 && !sql.isEmpty(); changes--) {
			int place = random.nextInt(sql.length());
			switch (random.nextInt(5)) {
				case 0 -> sql.deleteCharAt(place);
				case 1 -> sql.insert(place, (char) random.nextInt(0x10000));
				case 2 -> sql.insert(place, ' ' + PIECES[random.nextInt(PIECES.length)] + ' ');
				case 3 -> sql.delete(place, Math.min(sql.length(), place + random.nextInt(12)));
				default -> sql.insert(place, sql.substring(random.nextInt(place + 1), place));
			}
		}
		return sql.toString();
	}

}
