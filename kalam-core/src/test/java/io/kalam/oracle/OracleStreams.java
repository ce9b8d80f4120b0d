package io.kalam.oracle;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.TableName;
import io.kalam.event.TestStreams;
import io.kalam.oracle.OracleTable.OracleColumn;
import io.kalam.partition.RealtimeTableDefinition;

/**
 * What writers tell of the streams of the oracle. The model of a stream is a table of
 * what lives: whoever tells an event writes it there in the same transaction, and has
 * locked its key before, so that both come to the same, in the order of the commits.
 * Events of one stream end so soon that nothing of it lives at a quiet moment.
 */
final class OracleStreams {

	static final String[] SCHEMA = { "CREATE TABLE calls_told (LIKE board INCLUDING ALL)",
			"CREATE TABLE hints_told (owner text COLLATE \"C\", b text COLLATE \"C\", n int4, label text COLLATE \"C\", "
					+ "PRIMARY KEY (owner, b))",
			"CREATE TABLE blinks_told (a int4, b text COLLATE \"C\", n int4)" };

	private static final Duration LASTING = Duration.ofHours(1);

	private static final Duration SHORT = Duration.ofMillis(300);

	private static final int MOST = 1000;

	private OracleStreams() {
	}

	static List<RealtimeTableDefinition> definitions() {
		return List.of(define(Call.class, OracleTable.CALLS, null, LASTING),
				define(Hint.class, OracleTable.HINTS, "owner", LASTING),
				define(Blink.class, OracleTable.BLINKS, null, SHORT));
	}

	private static RealtimeTableDefinition define(Class<?> type, OracleTable stream, String owner, Duration ttl) {
		return TestStreams.define(type, stream.sql(), stream.key(), owner, ttl, MOST);
	}

	static TableName name(OracleTable stream) {
		return new TableName("public", stream.sql());
	}

	/**
	 * Something that a writer tells.
	 */
	static String operation(Random random) {
		OracleTable stream = OracleTable.STREAMS.get(random.nextInt(OracleTable.STREAMS.size()));
		List<String> values = stream.columns().stream().map((column) -> stream.value(column, random)).toList();
		String key = lock(stream, values) + "; ";
		if (random.nextInt(3) == 0) {
			return key + remove(stream, values);
		}
		return key + ((stream == OracleTable.BLINKS) ? blink(values) : put(stream, values));
	}

	private static String lock(OracleTable stream, List<String> values) {
		return "SELECT pg_advisory_xact_lock(hashtext(concat_ws(' ', '" + stream.sql() + "', "
				+ stream.key().stream().map((name) -> value(stream, values, name)).collect(Collectors.joining(", "))
				+ ")))";
	}

	private static String put(OracleTable stream, List<String> values) {
		String set = stream.columns()
			.stream()
			.map((column) -> column.name() + " = EXCLUDED." + column.name())
			.collect(Collectors.joining(", "));
		return "WITH told AS (INSERT INTO " + stream.stored() + " VALUES (" + String.join(", ", values)
				+ ") ON CONFLICT (" + String.join(", ", stream.key()) + ") DO UPDATE SET " + set
				+ " RETURNING *) SELECT " + message(stream, "put", names(stream), Function.identity()) + " FROM told";
	}

	private static String blink(List<String> values) {
		return "SELECT " + message(OracleTable.BLINKS, "put", names(OracleTable.BLINKS),
				(name) -> value(OracleTable.BLINKS, values, name));
	}

	private static String remove(OracleTable stream, List<String> values) {
		String key = stream.key()
			.stream()
			.map((name) -> name + " = " + value(stream, values, name))
			.collect(Collectors.joining(" AND "));
		return "DELETE FROM " + stream.stored() + " WHERE " + key + "; SELECT "
				+ message(stream, "remove", stream.key(), (name) -> value(stream, values, name));
	}

	/**
	 * Ends everything that lives.
	 */
	static String[] end() {
		return OracleTable.STREAMS.stream()
			.map((stream) -> "WITH gone AS (DELETE FROM " + stream.stored() + " RETURNING *) SELECT "
					+ message(stream, "remove", stream.key(), Function.identity()) + " FROM gone")
			.toArray(String[]::new);
	}

	/**
	 * An order of the events of a stream that has nothing to do with their keys.
	 */
	static String order(OracleTable stream, int salt) {
		return "md5(concat_ws(' ', " + salt + ", " + String.join(", ", stream.key()) + "))";
	}

	/**
	 * Tells everything that lives of a stream again, in an order, in two commits.
	 */
	static List<String> again(OracleTable stream, String order) {
		String message = "SELECT " + message(stream, "put", names(stream), Function.identity())
				+ " FROM (SELECT * FROM " + stream.stored() + " WHERE " + order + " %s '8' ORDER BY " + order
				+ ") AS told";
		return List.of(message.formatted("<"), message.formatted(">="));
	}

	private static String message(OracleTable stream, String kind, List<String> names,
			Function<String, String> values) {
		String event = names.stream()
			.map((name) -> "'" + name + "', (" + values.apply(name) + ")::text")
			.collect(Collectors.joining(", "));
		return "pg_logical_emit_message(true, '" + KalamSchema.eventPrefix(name(stream))
				+ "', convert_to(json_build_object('" + kind + "', json_build_object(" + event + "))::text, 'UTF8'))";
	}

	private static List<String> names(OracleTable stream) {
		return stream.columns().stream().map(OracleColumn::name).toList();
	}

	private static String value(OracleTable stream, List<String> values, String name) {
		return values.get(names(stream).indexOf(name));
	}

	record Call(int a, Integer n, String b, String label, BigDecimal price, Boolean done, Instant at) {
	}

	record Hint(String owner, String b, Integer n, String label) {
	}

	record Blink(int a, String b, Integer n) {
	}

}
