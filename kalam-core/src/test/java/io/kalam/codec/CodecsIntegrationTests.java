package io.kalam.codec;

import java.io.StringWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

/**
 * Codecs against what Postgres prints, orders and takes to be equal.
 * {@code -Dkalam.seed=} repeats the random values.
 */
class CodecsIntegrationTests {

	private static final long SEED = Long.getLong("kalam.seed", System.nanoTime());

	private static Connection connection;

	@BeforeAll
	static void connect() throws SQLException {
		connection = TestPostgres.createDatabase().connect();
		execute("SET TimeZone = 'UTC'", "SET DateStyle = 'ISO, YMD'", "SET IntervalStyle = 'iso_8601'",
				"SET extra_float_digits = 1", "SET bytea_output = 'hex'");
	}

	@AfterAll
	static void close() throws SQLException {
		connection.close();
	}

	static Stream<TypeSamples> types() {
		return TypeSamples.all();
	}

	@ParameterizedTest
	@MethodSource("types")
	void whatPostgresPrintsIsReadAndPrintedBack(TypeSamples type) throws SQLException {
		Codec<Object> codec = type.codec();
		for (String literal : type.samples(new Random(SEED))) {
			String printed = print(type.sql(), literal);
			Object value = codec.parse(printed);
			String again = codec.print(value);
			assertThat(print(type.sql(), again)).as("%s of type %s, seed %s", literal, type.sql(), SEED)
				.isEqualTo(printed);
			assertThat(codec.parse(again)).isEqualTo(value);
			if (codec.identifying()) {
				assertThat(again).isEqualTo(printed);
			}
			assertThat(codec.sizeOf(value)).isPositive();
		}
	}

	@ParameterizedTest
	@MethodSource("types")
	void whatIsWrittenIsOfTheTypeThatTypeScriptIsTold(TypeSamples type) throws SQLException {
		Codec<Object> codec = type.codec();
		for (String literal : type.samples(new Random(SEED))) {
			JsonNode written = JsonMapper.shared().readTree(write(codec, codec.parse(print(type.sql(), literal))));
			assertThat(TypeScriptTypes.admits(codec.typeScriptType(), written))
				.as("%s for %s of type %s, seed %s", written, codec.typeScriptType(), type.sql(), SEED)
				.isTrue();
		}
	}

	private static String write(Codec<Object> codec, Object value) {
		StringWriter out = new StringWriter();
		try (JsonGenerator generator = JsonMapper.shared().createGenerator(out)) {
			codec.write(value, generator);
		}
		return out.toString();
	}

	@ParameterizedTest
	@MethodSource("types")
	void valuesCompareAsInPostgres(TypeSamples type) throws SQLException {
		Codec<Object> codec = type.codec();
		if (!codec.comparable()) {
			return;
		}
		List<Object> values = insert(type, codec);
		String pairs = "SELECT a.i, b.i, a.c < b.c, a.c = b.c FROM samples a, samples b";
		try (Statement statement = connection.createStatement(); ResultSet rows = statement.executeQuery(pairs)) {
			while (rows.next()) {
				Object left = values.get(rows.getInt(1));
				Object right = values.get(rows.getInt(2));
				boolean equal = rows.getBoolean(4);
				int order = codec.compare(left, right);
				if ((order == 0) != equal || (codec.ordered() && (order < 0) != rows.getBoolean(3))
						|| (codec.identifying() && codec.print(left).equals(codec.print(right)) != equal)) {
					fail("%s and %s of type %s, seed %s", codec.print(left), codec.print(right), type.sql(), SEED);
				}
			}
		}
	}

	@Test
	void otherSpellingsAreRefusedOrMeanTheSame() throws SQLException {
		for (String[] spelling : TypeSamples.SPELLINGS) {
			Codec<Object> codec = TypeSamples.codec(spelling[0]);
			String text;
			try {
				text = codec.print(codec.parse(spelling[1]));
			}
			catch (CodecException ex) {
				continue;
			}
			assertThat(print(spelling[0], text)).as(spelling[0] + " " + spelling[1])
				.isEqualTo(print(spelling[0], spelling[1]));
		}
	}

	private static List<Object> insert(TypeSamples type, Codec<Object> codec) throws SQLException {
		execute("DROP TABLE IF EXISTS samples",
				"CREATE TABLE samples (i int, c " + type.sql() + (type.isText() ? " COLLATE \"C\"" : "") + ")");
		List<Object> values = new ArrayList<>();
		String insert = "INSERT INTO samples VALUES (?, CAST(? AS text)::" + type.sql() + ")";
		try (PreparedStatement statement = connection.prepareStatement(insert)) {
			for (String literal : type.samples(new Random(SEED + 1))) {
				statement.setInt(1, values.size());
				statement.setString(2, literal);
				statement.executeUpdate();
				values.add(codec.parse(print(type.sql(), literal)));
			}
		}
		return values;
	}

	private static String print(String type, String literal) throws SQLException {
		String sql = "SELECT CASE WHEN c IS DISTINCT FROM NULL THEN format('%s', c) END FROM (SELECT CAST(? AS text)::"
				+ type + " AS c) t";
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			statement.setString(1, literal);
			try (ResultSet rows = statement.executeQuery()) {
				rows.next();
				return rows.getString(1);
			}
		}
	}

	private static void execute(String... statements) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
	}

}
