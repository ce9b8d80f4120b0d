package io.kalam.query;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.partition.LiveTable;
import io.kalam.partition.Partition;
import io.kalam.query.PredicateDraft.Generated;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import io.kalam.snapshot.r2dbc.R2dbcSnapshotReader;
import io.kalam.snapshot.r2dbc.SnapshotSettings;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * For every row of random tables, a random condition says here what it says in Postgres,
 * in the client's own words and in ours, and a snapshot has exactly the rows for which it
 * holds here, in the bytes of the stream. {@code -Dkalam.seed=} repeats a run,
 * {@code -Dkalam.query.differential.seconds=} makes it longer,
 * {@code -Dkalam.query.differential.pairs=} asks for so many pairs of row and condition,
 * {@code -Dkalam.query.differential.rows=} for so many rows in each table. What fails is
 * narrowed to the smallest part of the condition that fails by itself.
 */
class PredicateIntegrationTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("kalam.query.differential.seconds", 10));

	private static final long PAIRS = Long.getLong("kalam.query.differential.pairs", 0);

	private static final Duration WAIT = Duration.ofMinutes(5);

	private static final int CONDITIONS_PER_TABLE = 150;

	/**
	 * So that a machine that is busy tests something too.
	 */
	private static final int AT_LEAST = 50;

	/**
	 * One snapshot of so many has all columns.
	 */
	private static final int WHOLE_ROWS = 10;

	@TempDir
	private static Path directory;

	private static Connection connection;

	private static SnapshotReader snapshots;

	private final PredicateCoverage coverage = new PredicateCoverage();

	@BeforeAll
	static void connect() throws SQLException {
		PostgresSettings postgres = TestPostgres.createDatabase();
		connection = postgres.connect();
		execute(PredicateColumns.TYPES);
		execute(List.of("SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'iso_8601'",
				"SET extra_float_digits = 1", "SET bytea_output = 'hex'"));
		snapshots = new R2dbcSnapshotReader(postgres,
				new SnapshotSettings(1, WAIT, WAIT, WAIT, WAIT, 1 << 20, directory, "differential"),
				() -> Sequence.ZERO);
	}

	@AfterAll
	static void close() throws SQLException {
		snapshots.close();
		connection.close();
	}

	@Test
	void saysWhatPostgresSays() throws SQLException {
		long end = System.nanoTime() + BUDGET.toNanos();
		for (long seed = SEED; !isEnough(end) || seed == SEED; seed++) {
			compareOnOneTable(seed, end);
		}
		System.out.printf("seed %s: %s%n", SEED, this.coverage);
		this.coverage.check();
	}

	@Test
	void knowsTheWordsThatAreNoIdentifiers() throws SQLException {
		String sql = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')";
		try (Statement statement = connection.createStatement(); ResultSet words = statement.executeQuery(sql)) {
			while (words.next()) {
				String word = words.getString(1);
				assertThat(Words.isKeyword(word) || isReserved(word)).as(word).isTrue();
			}
		}
	}

	private static boolean isReserved(String word) {
		try {
			Words.check(new SqlToken(SqlToken.Kind.WORD, word, 1), false);
			return false;
		}
		catch (QueryException ex) {
			return true;
		}
	}

	private boolean isEnough(long end) {
		return System.nanoTime() >= end && this.coverage.pairs() >= PAIRS;
	}

	private void compareOnOneTable(long seed, long end) throws SQLException {
		Random random = new Random(seed);
		PredicateTable samples = PredicateTable.create(connection, random);
		this.coverage.table(samples);
		PredicateGenerator conditions = new PredicateGenerator(random, samples.type().table().columns(),
				samples.values());
		GrammarGenerator texts = new GrammarGenerator(random);
		for (int i = 0; i < CONDITIONS_PER_TABLE && (i < AT_LEAST || !isEnough(end)); i++) {
			Generated generated = (i % 4 > 0) ? conditions.next() : Generated.of(texts.next());
			String columns = (i % WHOLE_ROWS == 0) ? "*" : "id";
			try {
				compare(samples, columns, generated, "seed " + seed);
				this.coverage.accepted(samples, generated.ours());
			}
			catch (QueryException ex) {
				this.coverage.refused(ex.code());
			}
			catch (AssertionError error) {
				generated.parts().forEach((part) -> narrow(samples, columns, part, error));
				throw error;
			}
		}
	}

	private static void narrow(PredicateTable samples, String columns, Generated part, AssertionError error) {
		try {
			compare(samples, columns, part, "A part of it");
		}
		catch (QueryException ex) {
			// a part may be what is refused alone
		}
		catch (AssertionError smaller) {
			smaller.addSuppressed(error);
			throw smaller;
		}
	}

	private static void compare(PredicateTable samples, String columns, Generated generated, String which) {
		String what = which + ": " + generated.ours() + " with " + generated.parameters();
		LiveQuery query;
		try {
			LiveTable table = TestTypes.liveTable(samples.type());
			query = new LiveQueryParser(QueryLimits.DEFAULT).parse(
					"SELECT " + columns + " FROM samples s WHERE " + generated.ours(), generated.parameters(), "alice",
					(schema, name) -> table);
		}
		catch (QueryException ex) {
			if (ex.code() == QueryException.Code.INVALID_SQL) {
				assertThat(isRefused(generated.theirs())).as(what + ": " + ex.getMessage()).isTrue();
			}
			throw ex;
		}
		List<Boolean> here = samples.rows().stream().map(query.predicate()::test).toList();
		SqlCondition sql = query.predicate().toSql();
		Answers there = select(generated.theirs(), sql, what);
		assertSame(samples, here, there.toTheirs(), generated, what);
		assertSame(samples, here, there.toOurs(), generated, what + " as " + sql);
		assertThat(snapshot(query)).as("the snapshot of " + what)
			.containsExactlyInAnyOrderElementsOf(shown(samples, query, here));
	}

	private static void assertSame(PredicateTable samples, List<Boolean> here, List<Boolean> there, Generated generated,
			String what) {
		if (!here.equals(there)) {
			int row = IntStream.range(0, here.size())
				.filter((place) -> !here.get(place).equals(there.get(place)))
				.findFirst()
				.orElseThrow();
			fail("%s is %s here for %s", what, here.get(row), samples.show(row, generated.ours()));
		}
	}

	/**
	 * The rows as the stream would show them.
	 */
	private static List<String> shown(PredicateTable samples, LiveQuery query, List<Boolean> here) {
		return IntStream.range(0, here.size())
			.filter(here::get)
			.mapToObj((row) -> query.projection().encode(samples.rows().get(row)))
			.map(PredicateIntegrationTests::text)
			.toList();
	}

	private static List<String> snapshot(LiveQuery query) {
		SnapshotRequest request = new SnapshotRequest(new Partition(query.table().name(), null), query, 0);
		Snapshot snapshot = Objects.requireNonNull(snapshots.read(request).block(WAIT));
		try {
			return Objects.requireNonNull(snapshot.rows(0, (int) snapshot.size()).block(WAIT))
				.stream()
				.map(PredicateIntegrationTests::text)
				.toList();
		}
		finally {
			snapshot.release();
		}
	}

	private static String text(byte[] row) {
		return new String(row, StandardCharsets.UTF_8);
	}

	private static boolean isRefused(String condition) {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SELECT FROM samples s WHERE (" + condition + ") IS TRUE");
			return false;
		}
		catch (SQLException ex) {
			return true;
		}
	}

	private static Answers select(String theirs, SqlCondition ours, String what) {
		Answers answers = new Answers(new ArrayList<>(), new ArrayList<>());
		String numbered = ours.text().replaceAll("\\(\\$\\d+\\)::", "CAST(? AS text)::");
		String sql = "SELECT (" + theirs + ") IS TRUE, (" + numbered + ") IS TRUE FROM samples s ORDER BY id";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < ours.parameters().size(); i++) {
				statement.setString(i + 1, ours.parameters().get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					answers.toTheirs.add(rows.getBoolean(1));
					answers.toOurs.add(rows.getBoolean(2));
				}
			}
		}
		catch (SQLException ex) {
			fail(what + " is refused by Postgres: " + sql, ex);
		}
		return answers;
	}

	private static void execute(List<String> statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

	/**
	 * What Postgres says for each row, to the client's words and to ours.
	 */
	private record Answers(List<Boolean> toTheirs, List<Boolean> toOurs) {

	}

}
