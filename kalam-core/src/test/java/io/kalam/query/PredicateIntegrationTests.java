package io.kalam.query;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

import io.kalam.catalog.Column;
import io.kalam.change.Row;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestPostgres;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * For every row of random tables, a random condition says here what it says in Postgres,
 * in the client's own words and in ours. {@code -Dkalam.seed=} repeats a run,
 * {@code -Dkalam.query.differential.seconds=} makes it longer.
 */
class PredicateIntegrationTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static final Duration BUDGET = Duration.ofSeconds(Long.getLong("kalam.query.differential.seconds", 10));

	private static final int CONDITIONS_PER_TABLE = 150;

	private static Connection connection;

	private final Map<String, Integer> outcomes = new TreeMap<>();

	private long pairs;

	@BeforeAll
	static void connect() throws SQLException {
		connection = TestPostgres.createDatabase().connect();
		execute("CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy')", "CREATE DOMAIN small AS int4",
				"CREATE COLLATION ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
				"SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'iso_8601'",
				"SET extra_float_digits = 1", "SET bytea_output = 'hex'");
	}

	@AfterAll
	static void close() throws SQLException {
		connection.close();
	}

	@Test
	void saysWhatPostgresSays() throws SQLException {
		long end = System.nanoTime() + BUDGET.toNanos();
		for (long seed = SEED; System.nanoTime() < end; seed++) {
			compareOnOneTable(seed, end);
		}
		System.out.printf("seed %s: %s pairs of row and condition, %s%n", SEED, this.pairs, this.outcomes);
		assertThat(this.outcomes.getOrDefault("accepted", 0))
			.isGreaterThan(this.outcomes.getOrDefault("refused", 0) / 4);
	}

	@Test
	void knowsTheWordsThatAreNoIdentifiers() throws SQLException {
		String sql = "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')";
		try (Statement statement = connection.createStatement(); ResultSet words = statement.executeQuery(sql)) {
			while (words.next()) {
				String word = words.getString(1);
				assertThat(Words.isKeyword(word) || Words.refusal(word, false) != null).as(word).isTrue();
			}
		}
	}

	private void compareOnOneTable(long seed, long end) throws SQLException {
		Random random = new Random(seed);
		PredicateTable samples = PredicateTable.create(connection, random);
		List<Row> rows = samples.rows();
		PredicateGenerator conditions = new PredicateGenerator(random, samples.type().table().columns(),
				samples.values());
		GrammarGenerator texts = new GrammarGenerator(random);
		LiveTable table = TestTypes.liveTable(samples.type());
		for (int i = 0; i < CONDITIONS_PER_TABLE && System.nanoTime() < end; i++) {
			PredicateGenerator.Generated generated = (i % 4 > 0) ? conditions.next()
					: PredicateGenerator.Generated.of(texts.next());
			String what = "seed " + seed + ": " + generated.ours() + " with " + generated.parameters();
			RowPredicate predicate;
			try {
				predicate = new LiveQueryParser(QueryLimits.DEFAULT)
					.parse("SELECT * FROM samples s WHERE " + generated.ours(), generated.parameters(), "alice",
							(s, n) -> table)
					.predicate();
			}
			catch (QueryException ex) {
				if (ex.code() == QueryException.Code.INVALID_SQL) {
					assertThat(isRefused(generated.theirs())).as(what + ": " + ex.getMessage()).isTrue();
				}
				this.outcomes.merge((ex.code() == QueryException.Code.UNSUPPORTED) ? "refused" : "invalid", 1,
						Integer::sum);
				continue;
			}
			compare(rows, predicate, generated, what);
			this.outcomes.merge("accepted", 1, Integer::sum);
		}
	}

	private void compare(List<Row> rows, RowPredicate predicate, PredicateGenerator.Generated generated, String what)
			throws SQLException {
		List<Boolean> here = rows.stream().map(predicate::test).toList();
		assertSame(here, select("(" + generated.theirs() + ") IS TRUE", List.of(), what), rows, what);
		SqlCondition sql = predicate.toSql();
		String numbered = sql.text().replaceAll("\\(\\$\\d+\\)::", "CAST(? AS text)::");
		assertSame(here, select("(" + numbered + ") IS TRUE", sql.parameters(), what), rows, what + " as " + sql);
		this.pairs += rows.size();
	}

	private static void assertSame(List<Boolean> here, List<Boolean> there, List<Row> rows, String what) {
		if (!here.equals(there)) {
			int row = 0;
			while (here.get(row).equals(there.get(row))) {
				row++;
			}
			StringBuilder shown = new StringBuilder();
			for (Column column : rows.get(row).type().table().columns()) {
				Object value = rows.get(row).get(column.index());
				shown.append(column.name())
					.append('=')
					.append((value != null) ? rows.get(row).type().codec(column).print(value) : null)
					.append(", ");
			}
			fail("%s is %s here for %s", what, here.get(row), shown);
		}
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

	private static List<Boolean> select(String condition, List<String> parameters, String what) throws SQLException {
		List<Boolean> result = new ArrayList<>();
		String sql = "SELECT " + condition + " FROM samples s ORDER BY id";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.size(); i++) {
				statement.setString(i + 1, parameters.get(i));
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					result.add(rows.getBoolean(1));
				}
			}
		}
		catch (SQLException ex) {
			fail(what + " is refused by Postgres: " + sql, ex);
		}
		return result;
	}

	private static void execute(String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
