package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.kalam.change.Change;
import io.kalam.partition.LiveTable;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.PlacedRow;
import io.kalam.query.QueryLimits;
import io.kalam.query.WindowLimits;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.subscription.Outcome.Shown;
import io.kalam.testing.TestTypes;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A table, a window onto it, and a client that holds what the window tells.
 */
final class WindowWorld {

	private static final LiveTable TABLE = TestTypes.liveTable(WindowItem.TYPE);

	private static final String[] VALUES = { null, "1", "1.0", "1.00", "-2", "7", "12", "NaN" };

	private final WindowOrder order;

	private final long seed;

	private final Random random;

	private final LiveQuery query;

	private final Map<String, WindowItem> table = new TreeMap<>();

	private final Map<String, String> client = new TreeMap<>();

	private LiveWindow window;

	private int shorts;

	private int told;

	WindowWorld(WindowOrder order, long seed) {
		this.order = order;
		this.seed = seed;
		this.random = new Random(seed);
		long bytes = (this.random.nextInt(4) == 0) ? 3000 : 1_000_000;
		this.query = parse("SELECT * FROM items " + order.sql() + " LIMIT " + (1 + this.random.nextInt(5)),
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

	/**
	 * How often the window had to be read again.
	 */
	int shorts() {
		return this.shorts;
	}

	/**
	 * How many changes the client was told of.
	 */
	int told() {
		return this.told;
	}

	static LiveQuery parse(String sql, WindowLimits limits) {
		return new LiveQueryParser(new QueryLimits(8192, 64, 1024, 32, limits)).parse(sql, List.of(), "ann",
				(schema, name) -> TABLE);
	}

	static PlacedRow placed(LiveQuery query, WindowItem item) {
		byte[] row = query.projection().encode(item.row());
		return PlacedRow.read(query.ordering(),
				PlacedRow.write(query.ordering(), (column) -> item.text(column.index()), row));
	}

	private void change() {
		if (this.random.nextInt(60) == 0) {
			this.window.truncate();
			this.table.clear();
			return;
		}
		String key = key();
		WindowItem before = this.table.get(key);
		if (before != null && this.random.nextInt(8) == 0) {
			exchange(before);
			return;
		}
		WindowItem after = (before != null && this.random.nextInt(3) == 0) ? null
				: new WindowItem(key, VALUES[this.random.nextInt(VALUES.length)], nullOr(this.random.nextInt(6)));
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

	private void exchange(WindowItem one) {
		WindowItem other = this.table.get(key());
		if (other == null || other.equals(one)) {
			return;
		}
		WindowItem first = new WindowItem(other.id(), one.v(), one.w());
		WindowItem second = new WindowItem(one.id(), other.v(), other.w());
		tell(one, first);
		tell(other, second);
		this.table.put(first.id(), first);
		this.table.put(second.id(), second);
	}

	private void tell(WindowItem before, WindowItem after) {
		Change change;
		if (before == null) {
			change = new Change.Insert(after.row());
		}
		else {
			change = (after != null) ? new Change.Update(before.row(), after.row()) : new Change.Delete(before.row());
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
			this.shorts++;
			assertThat(sorted(first.subList(0, this.client.size()))).isEqualTo(sorted(this.client.values()));
			refill();
		}
		else {
			assertThat(sorted(this.client.values())).isEqualTo(sorted(first));
		}
	}

	private void apply(Shown shown) {
		this.told++;
		switch (shown.operation()) {
			case INSERT ->
				assertThat(this.client.put(key(shown.row()), text(shown.row()))).as("inserted twice").isNull();
			case UPDATE -> assertThat(this.client.put(key(shown.row()), text(shown.row()))).isEqualTo(text(shown.old()))
				.isNotEqualTo(text(shown.row()));
			case DELETE -> assertThat(this.client.remove(key(shown.old()))).isEqualTo(text(shown.old()));
			case TRUNCATE -> this.client.clear();
		}
	}

	private void refill() {
		this.window = new LiveWindow(this.query);
		List<WindowItem> all = ordered();
		int read = this.query.window().rowsToRead();
		all.stream().limit(read).forEach((item) -> this.window.learn(placed(this.query, item)));
		this.window.learnt(all.size() < read);
		this.client.clear();
		first().forEach((item) -> this.client.put(item.id(), json(item)));
	}

	private List<WindowItem> ordered() {
		List<WindowItem> all = new ArrayList<>(this.table.values());
		all.removeIf((item) -> !this.order.matches(item));
		all.sort((one, other) -> {
			int result = this.order.compare(one, other);
			return (result != 0) ? result : bytes(one.id(), other.id());
		});
		return all;
	}

	private int bytes(String one, String other) {
		return Arrays.compareUnsigned(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
	}

	private List<WindowItem> first() {
		return ordered().stream().limit(this.query.window().rows()).toList();
	}

	private String json(WindowItem item) {
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
