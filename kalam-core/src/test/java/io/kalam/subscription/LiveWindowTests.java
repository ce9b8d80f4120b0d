package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.PlacedRow;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.subscription.Outcome.Shown;
import io.kalam.testing.Shrinker;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A window against a sorted list: random commits, in the middle of which two rows may
 * share a key. Every step makes its choices from a number of its own; a failure prints
 * the seed and the fewest steps that fail.
 */
class LiveWindowTests {

	private static final RowType TYPE = TestTypes.rowType(new TableName("public", "items"), types(),
			TestTypes.LINGUISTIC);

	private static final LiveTable TABLE = TestTypes.liveTable(TYPE);

	private int shorts;

	private int told;

	private static Map<String, String> types() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("id", "text");
		types.put("v", "numeric");
		types.put("w", "int4");
		return types;
	}

	@ParameterizedTest
	@EnumSource(Order.class)
	void clientHoldsTheFirstRows(Order order) {
		long first = new Random().nextInt(1_000_000);
		for (long seed = first; seed < first + 150; seed++) {
			run(order, seed);
		}
		assertThat(this.shorts).as("windows that were short").isPositive();
		assertThat(this.told).as("changes").isGreaterThan(1000);
	}

	private void run(Order order, long seed) {
		List<Integer> steps = IntStream.range(0, 60).boxed().toList();
		try {
			new World(order, seed).run(steps);
		}
		catch (AssertionError | RuntimeException ex) {
			List<Integer> fewest = Shrinker.shrink(steps, (fewer) -> fails(order, seed, fewer), Duration.ofSeconds(20));
			throw new AssertionError("Failed with " + order + ", seed " + seed + " and steps " + fewest, ex);
		}
	}

	private boolean fails(Order order, long seed, List<Integer> steps) {
		try {
			new World(order, seed).run(steps);
			return false;
		}
		catch (AssertionError | RuntimeException ex) {
			return true;
		}
	}

	@Test
	void rowsThatAreTooLargeAreNotKept() {
		LiveQuery query = parse("SELECT * FROM items LIMIT 2", new WindowLimits(10, 5, 1200, Duration.ZERO));
		LiveWindow window = new LiveWindow(query);
		for (int i = 0; i < 7; i++) {
			window.learn(placed(query, new Item("k" + i, "1", i)));
		}
		window.learnt(true);
		assertThat(window.isTooLarge()).as("spare rows make room").isFalse();
		Item large = new Item("a" + "x".repeat(1000), "1", 1);
		window.move((Moved) new EvaluatedChange(new Change.Insert(large.row())).outcome(query));
		window.commit();
		assertThat(window.isTooLarge()).isTrue();
	}

	@Test
	void commitBehindTheWindowTellsNothing() {
		LiveQuery query = parse("SELECT * FROM items LIMIT 1", new WindowLimits(10, 1, 10_000, Duration.ZERO));
		LiveWindow window = new LiveWindow(query);
		window.learn(placed(query, new Item("b", "1", 1)));
		window.learn(placed(query, new Item("c", "1", 1)));
		window.learnt(false);
		window.move((Moved) new EvaluatedChange(new Change.Delete(new Item("c", "1", 1).row())).outcome(query));
		assertThat(window.commit()).isEmpty();
		assertThat(window.isShort()).isFalse();
		window.move((Moved) new EvaluatedChange(new Change.Delete(new Item("b", "1", 1).row())).outcome(query));
		assertThat(window.commit()).singleElement()
			.satisfies((shown) -> assertThat(shown.operation()).isEqualTo(SubscriptionChange.Operation.DELETE));
		assertThat(window.isShort()).isTrue();
	}

	private static LiveQuery parse(String sql, WindowLimits limits) {
		return new LiveQueryParser(new QueryLimits(8192, 64, 1024, 32, limits)).parse(sql, List.of(), "ann",
				(schema, name) -> TABLE);
	}

	private static PlacedRow placed(LiveQuery query, Item item) {
		byte[] row = query.projection().encode(item.row());
		return PlacedRow.read(query.ordering(),
				PlacedRow.write(query.ordering(), (column) -> item.text(column.index()), row));
	}

	private enum Order {

		KEY("", Comparator.comparing((item) -> 0)),

		NULLS_FIRST("ORDER BY v NULLS FIRST", by(Item::value, Comparator.nullsFirst(Comparator.naturalOrder()))),

		DESCENDING("ORDER BY v DESC NULLS LAST, w DESC",
				by(Item::value, Comparator.nullsLast(Comparator.<Double>reverseOrder())).thenComparing(Item::w,
						Comparator.nullsFirst(Comparator.reverseOrder()))),

		FILTERED("WHERE w > 2 ORDER BY v", by(Item::value, Comparator.nullsLast(Comparator.naturalOrder())));

		private final String sql;

		private final Comparator<Item> comparator;

		Order(String sql, Comparator<Item> comparator) {
			this.sql = sql;
			this.comparator = comparator;
		}

		private static Comparator<Item> by(Function<Item, Double> value, Comparator<Double> order) {
			return Comparator.comparing(value, order);
		}

		boolean matches(Item item) {
			return this != FILTERED || (item.w() != null && item.w() > 2);
		}

	}

	private record Item(String id, String v, Integer w) {

		Double value() {
			return (this.v != null) ? Double.valueOf(this.v) : null;
		}

		String text(int index) {
			return switch (index) {
				case 0 -> this.id;
				case 1 -> this.v;
				default -> (this.w != null) ? this.w.toString() : null;
			};
		}

		Row row() {
			return TestTypes.row(TYPE, text(0), text(1), text(2));
		}

	}

	private final class World {

		private static final String[] VALUES = { null, "1", "1.0", "1.00", "-2", "7", "12", "NaN" };

		private final Order order;

		private final long seed;

		private final Random random;

		private final LiveQuery query;

		private final Map<String, Item> table = new TreeMap<>();

		private final Map<String, String> client = new TreeMap<>();

		private LiveWindow window;

		World(Order order, long seed) {
			this.order = order;
			this.seed = seed;
			this.random = new Random(seed);
			long bytes = (this.random.nextInt(4) == 0) ? 3000 : 1_000_000;
			this.query = parse("SELECT * FROM items " + order.sql + " LIMIT " + (1 + this.random.nextInt(5)),
					new WindowLimits(10, this.random.nextInt(4), bytes, Duration.ZERO));
		}

		void run(List<Integer> steps) {
			refill();
			for (int step : steps) {
				this.random.setSeed(this.seed * 1_000_003 + step);
				int changes = 1 + this.random.nextInt(4);
				for (int i = 0; i < changes; i++) {
					change();
				}
				commit();
			}
		}

		private void change() {
			if (this.random.nextInt(60) == 0) {
				this.window.truncate();
				this.table.clear();
				return;
			}
			String key = key();
			Item before = this.table.get(key);
			if (before != null && this.random.nextInt(8) == 0) {
				exchange(before);
				return;
			}
			Item after = (before != null && this.random.nextInt(3) == 0) ? null
					: new Item(key, VALUES[this.random.nextInt(VALUES.length)], nullOr(this.random.nextInt(6)));
			tell(before, after);
			if (after != null) {
				this.table.put(key, after);
			}
			else {
				this.table.remove(key);
			}
		}

		private Integer nullOr(int value) {
			return (value == 0) ? null : Integer.valueOf(value);
		}

		private String key() {
			return List.of("a", "B", "ä", "z", "\uD83D\uDE00", "\uFB01", "0", "10", "9", "b", "C", "c", "d")
				.get(this.random.nextInt(13));
		}

		private void exchange(Item one) {
			Item other = this.table.get(key());
			if (other == null || other.equals(one)) {
				return;
			}
			Item first = new Item(other.id(), one.v(), one.w());
			Item second = new Item(one.id(), other.v(), other.w());
			tell(one, first);
			tell(other, second);
			this.table.put(first.id(), first);
			this.table.put(second.id(), second);
		}

		private void tell(Item before, Item after) {
			Change change;
			if (before == null) {
				change = new Change.Insert(after.row());
			}
			else {
				change = (after != null) ? new Change.Update(before.row(), after.row())
						: new Change.Delete(before.row());
			}
			Outcome outcome = new EvaluatedChange(change).outcome(this.query);
			if (outcome != null) {
				this.window.move((Moved) outcome);
			}
		}

		private void commit() {
			for (Shown shown : this.window.commit()) {
				apply(shown);
			}
			assertThat(this.window.isTooLarge()).isFalse();
			List<String> first = first().stream().map(this::json).toList();
			if (this.window.isShort()) {
				LiveWindowTests.this.shorts++;
				assertThat(sorted(first.subList(0, this.client.size()))).isEqualTo(sorted(this.client.values()));
				refill();
			}
			else {
				assertThat(sorted(this.client.values())).isEqualTo(sorted(first));
			}
		}

		private void apply(Shown shown) {
			LiveWindowTests.this.told++;
			switch (shown.operation()) {
				case INSERT ->
					assertThat(this.client.put(key(shown.row()), text(shown.row()))).as("inserted twice").isNull();
				case UPDATE ->
					assertThat(this.client.put(key(shown.row()), text(shown.row()))).isEqualTo(text(shown.old()))
						.isNotEqualTo(text(shown.row()));
				case DELETE -> assertThat(this.client.remove(key(shown.old()))).isEqualTo(text(shown.old()));
				case TRUNCATE -> this.client.clear();
			}
		}

		private void refill() {
			this.window = new LiveWindow(this.query);
			List<Item> all = ordered();
			int read = this.query.window().rowsToRead();
			all.stream().limit(read).forEach((item) -> this.window.learn(placed(this.query, item)));
			this.window.learnt(all.size() < read);
			this.client.clear();
			first().forEach((item) -> this.client.put(item.id(), json(item)));
		}

		private List<Item> ordered() {
			List<Item> all = new ArrayList<>(this.table.values());
			all.removeIf((item) -> !this.order.matches(item));
			all.sort((one, other) -> {
				int result = this.order.comparator.compare(one, other);
				return (result != 0) ? result : bytes(one.id(), other.id());
			});
			return all;
		}

		private int bytes(String one, String other) {
			return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
		}

		private List<Item> first() {
			return ordered().stream().limit(this.query.window().rows()).toList();
		}

		private String json(Item item) {
			return text(this.query.projection().encode(item.row()));
		}

		private static String sorted(Collection<String> rows) {
			return rows.stream().sorted().collect(Collectors.joining("\n"));
		}

		private static String key(byte[] row) {
			return JsonMapper.shared().readTree(row).get("id").asString();
		}

		private static String text(byte[] row) {
			return new String(row, StandardCharsets.UTF_8);
		}

	}

}
