package io.kalam.pipeline;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.kalam.catalog.PostgresSettings;
import io.kalam.codec.TypeSamples;
import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionChange.Operation;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * NULL and the least, greatest and special values of every type, inserted, updated and
 * deleted: what a snapshot shows, what the stream tells and what is read back from the
 * journal on disk are the same bytes. {@code vector} is a stand-in that prints what was
 * put in, since the extension is not at hand.
 */
class RoundTripIntegrationTests {

	/**
	 * Types beside those of {@link TypeSamples}, with some values.
	 */
	private static final Map<String, List<String>> MORE_TYPES = new TreeMap<>(Map.ofEntries(
			Map.entry("mood", List.of("sad", "happy")), Map.entry("mood[]", List.of("{sad,NULL}", "{}")),
			Map.entry("price", List.of("0.00", "-9999999999.99", "NaN")), Map.entry("price[]", List.of("{1.50,NULL}")),
			Map.entry("pair", List.of("(,)", "(1,\"a \"\"b\"\"\")")), Map.entry("pair[]", List.of("{\"(1,a)\",NULL}")),
			Map.entry("citext", List.of("", "Aa")), Map.entry("numeric(12,2)", List.of("1e3", "NaN", "-0.01")),
			Map.entry("varchar(3)", List.of("", "abc")),
			Map.entry("timestamp(3)", List.of("2026-01-31 12:34:56.120", "-infinity")),
			Map.entry("timestamptz(0)", List.of("0044-03-15 12:00:00+00 BC", "infinity")),
			Map.entry("time(2)", List.of("24:00:00", "12:34:56.10")), Map.entry("interval(0)", List.of("-1 day")),
			Map.entry("xid8", List.of("0", "18446744073709551615")),
			Map.entry("macaddr8", List.of("00:00:00:00:00:00:00:00")),
			Map.entry("money", List.of("-92233720368547758.08", "92233720368547758.07")),
			Map.entry("varbit", List.of("", "10101")), Map.entry("tsvector", List.of("", "'a':1A 'b'")),
			Map.entry("tsquery", List.of("", "a & !b")), Map.entry("jsonpath", List.of("$.\"a\"[*]")),
			Map.entry("point", List.of("(-0,NaN)", "(1e300,Infinity)")), Map.entry("line", List.of("{1,2,3}")),
			Map.entry("lseg", List.of("[(0,0),(1,1)]")), Map.entry("path", List.of("((0,0),(1,1))", "[(0,0)]")),
			Map.entry("polygon", List.of("((0,0),(1,1),(2,0))")), Map.entry("circle", List.of("<(0,0),0>")),
			Map.entry("numrange", List.of("empty", "(,)", "[NaN,)")), Map.entry("daterange", List.of("[infinity,)")),
			Map.entry("int8range", List.of("[-9223372036854775808,9223372036854775807)")),
			Map.entry("tsrange", List.of("[-infinity,infinity]")),
			Map.entry("int4multirange", List.of("{}", "{[1,2),[5,)}")),
			Map.entry("tstzmultirange", List.of("{(,\"0044-03-15 00:00:00+00 BC\")}")),
			Map.entry("bool[]", List.of("{t,NULL,f}")), Map.entry("oid[]", List.of("{4294967295}")),
			Map.entry("uuid[]", List.of("{ffffffff-ffff-ffff-ffff-ffffffffffff}")),
			Map.entry("float4[]", List.of("{-0,NaN,1e-45}")), Map.entry("date[]", List.of("{infinity,0001-12-31 BC}")),
			Map.entry("timetz[]", List.of("{24:00:00-15:59:59}")), Map.entry("interval[]", List.of("{1 day,PT0S}")),
			Map.entry("inet[]", List.of("{1.2.3.4,::/0}")),
			Map.entry("hstore",
					List.of("", "a=>1, b=>NULL", "\"\"=>\"\", \"NULL\"=>\"NULL\"",
							"\"q\\\"\\\\, =>\"=>\"\\\"\\\\\", __proto__=>\"😀\nz\"")),
			Map.entry("hstore[]", List.of("{}", "{\"\\\"a\\\"=>NULL\",NULL}")),
			Map.entry("vector", List.of("[1,-2.5,1e-45]", "[-0,3.4028235e+38]")),
			Map.entry("vector[]", List.of("{\"[1,2]\",NULL}")), Map.entry("citext[]", List.of("{A,NULL}")),
			Map.entry("bpchar(3)[]", List.of("{a,\"\"}")), Map.entry("int4range[]", List.of("{empty,\"[1,2)\"}"))));

	private static final String TABLE = "forms";

	private final PostgresSettings postgres = TestPostgres.createDatabase();

	private final Map<String, List<String>> types = types();

	private final int rows = 1 + this.types.values().stream().mapToInt(List::size).max().orElseThrow();

	@TempDir
	private Path directory;

	private static Map<String, List<String>> types() {
		Map<String, List<String>> all = new TreeMap<>(MORE_TYPES);
		TypeSamples.all().forEach((type) -> all.put(type.sql(), type.special()));
		return all;
	}

	@Test
	void snapshotStreamAndJournalTellTheSameBytes() {
		TestPostgres.execute(this.postgres, definitions());
		try (TestEngine engine = new TestEngine(this.postgres, OnSlotLost.RESYNC,
				RocksJournal.open(RocksJournalSettings.defaults(this.directory), Clock.systemUTC()), 64 << 20,
				TestEngine.shared(TABLE))) {
			engine.start();
			try (PolledClient live = new PolledClient(engine, "alice")) {
				live.subscribe(TABLE);
				String epoch = live.await(Acknowledged.class).epoch().value();
				String cursor = live.awaitLive(TABLE).sequence().toString();
				List<SubscriptionChange> told = changeEverything(engine, live);
				assertThat(readBack(engine, cursor, epoch)).map(RoundTripIntegrationTests::printed)
					.containsExactlyElementsOf(told.stream().map(RoundTripIntegrationTests::printed).toList());
			}
		}
	}

	private List<SubscriptionChange> changeEverything(TestEngine engine, PolledClient live) {
		TestPostgres.execute(this.postgres,
				IntStream.range(0, this.rows - 1).mapToObj(this::insert).toArray(String[]::new));
		TestPostgres.execute(this.postgres, "INSERT INTO forms (id) VALUES (" + (this.rows - 1) + ")");
		List<SubscriptionChange> inserts = changes(live, this.rows);
		Map<String, String> first = snapshot(engine);
		assertThat(first).hasSize(this.rows);
		assertThat(byKey(inserts, Operation.INSERT)).isEqualTo(first);
		TestPostgres.execute(this.postgres, "UPDATE forms f SET " + columns((name) -> name + " = g." + name)
				+ " FROM forms g WHERE g.id = (f.id + 1) % " + this.rows);
		List<SubscriptionChange> updates = changes(live, this.rows);
		Map<String, String> second = snapshot(engine);
		assertThat(byKey(updates, Operation.UPDATE)).isEqualTo(second);
		updates.forEach((update) -> assertOldValues(update, first, second));
		TestPostgres.execute(this.postgres, "DELETE FROM forms");
		List<SubscriptionChange> deletes = changes(live, this.rows);
		assertThat(byKey(deletes, Operation.DELETE)).isEqualTo(second);
		return Stream.of(inserts, updates, deletes).flatMap(List::stream).toList();
	}

	/**
	 * The old values are the key and what differs, each as the snapshot showed it.
	 */
	private static void assertOldValues(SubscriptionChange update, Map<String, String> first,
			Map<String, String> second) {
		JsonNode old = parse(text(update.old()));
		JsonNode before = parse(first.get(key(old)));
		JsonNode after = parse(second.get(key(old)));
		List<String> changed = before.propertyNames()
			.stream()
			.filter((name) -> name.equals("id") || !before.get(name).equals(after.get(name)))
			.toList();
		assertThat(old.propertyNames()).containsAll(changed);
		old.forEachEntry((name, value) -> assertThat(value).as(name).isEqualTo(before.get(name)));
	}

	private List<SubscriptionChange> readBack(TestEngine engine, String cursor, String epoch) {
		try (PolledClient resumed = new PolledClient(engine, "bob")) {
			resumed.subscribe(TABLE, cursor, epoch);
			assertThat(resumed.await(Acknowledged.class).resumed()).isTrue();
			return changes(resumed, 3 * this.rows);
		}
	}

	private static List<SubscriptionChange> changes(PolledClient client, int count) {
		List<SubscriptionChange> changes = new ArrayList<>();
		while (changes.size() < count) {
			changes.addAll(client.await(Transaction.class).changes());
		}
		return changes;
	}

	private static Map<String, String> snapshot(TestEngine engine) {
		engine.settle();
		try (PolledClient client = new PolledClient(engine, "carol")) {
			client.subscribe(TABLE);
			SubscriptionEvent event = client.await((next) -> next instanceof Mark || next instanceof Batch);
			return ((Batch) event).rows()
				.stream()
				.map(RoundTripIntegrationTests::text)
				.collect(Collectors.toMap((row) -> key(parse(row)), (row) -> row, (a, b) -> a, TreeMap::new));
		}
	}

	private static Map<String, String> byKey(List<SubscriptionChange> changes, Operation operation) {
		assertThat(changes).extracting(SubscriptionChange::operation).containsOnly(operation);
		return changes.stream()
			.map((change) -> text((operation == Operation.DELETE) ? change.old() : change.row()))
			.collect(Collectors.toMap((row) -> key(parse(row)), (row) -> row, (a, b) -> a, TreeMap::new));
	}

	private String[] definitions() {
		List<String> names = new ArrayList<>(this.types.keySet());
		String columns = IntStream.range(0, names.size())
			.mapToObj((i) -> "c" + i + " " + names.get(i))
			.collect(Collectors.joining(", "));
		return new String[] { "CREATE EXTENSION citext", "CREATE EXTENSION hstore", "CREATE TYPE vector",
				"CREATE FUNCTION vector_in(cstring) RETURNS vector LANGUAGE internal IMMUTABLE STRICT AS 'textin'",
				"CREATE FUNCTION vector_out(vector) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'textout'",
				"CREATE TYPE vector (INPUT = vector_in, OUTPUT = vector_out, STORAGE = extended)",
				"CREATE TYPE mood AS ENUM ('sad', 'happy')", "CREATE DOMAIN price AS numeric(12,2)",
				"CREATE TYPE pair AS (a int4, b text)", "CREATE TABLE forms (id int8 PRIMARY KEY, " + columns + ")" };
	}

	private String insert(int row) {
		List<String> values = new ArrayList<>(List.of(String.valueOf(row)));
		this.types.forEach((type, special) -> values
			.add("'" + special.get(row % special.size()).replace("'", "''") + "'::text::" + type));
		return "INSERT INTO forms VALUES (" + String.join(", ", values) + ")";
	}

	private String columns(UnaryOperator<String> item) {
		return IntStream.range(0, this.types.size())
			.mapToObj((i) -> item.apply("c" + i))
			.collect(Collectors.joining(", "));
	}

	private static String printed(SubscriptionChange change) {
		return change.operation() + " " + text(change.row()) + " " + text(change.old());
	}

	private static String text(byte[] json) {
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : "";
	}

	private static String key(JsonNode row) {
		return row.get("id").asString();
	}

	private static JsonNode parse(String row) {
		return JsonMapper.shared().readTree(row);
	}

}
