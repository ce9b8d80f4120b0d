package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

import io.kalam.RealtimeTableType;
import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;

/**
 * A table and its writers, without Postgres: commits have an order, and become visible in
 * another one, as long as no two that are invisible touch the same row.
 */
final class ModelDatabase {

	static final TableName NAME = new TableName("public", "items");

	static final String[] OWNERS = { "alice", "bob" };

	private static final int KEYS = 12;

	final LiveTable table;

	final List<Commit> commits = new ArrayList<>();

	private final Random random;

	private final Map<Long, Item> rows = new TreeMap<>();

	private long lsn = 1000;

	private long nextXid = 700;

	ModelDatabase(Random random, RealtimeTableType type) {
		this.random = random;
		Column id = new Column("id", 0, base("int8"), false, false, null);
		Column owner = new Column("owner", 1, base("text"), true, false, new Collation("C", true, true, true));
		Column value = new Column("v", 2, base("int4"), true, false, null);
		Table described = new Table(NAME, List.of(id, owner, value), List.of(id));
		this.table = new LiveTable(
				new RealtimeTableDefinition(new RequiredTable(new TableReference("public", "items"),
						(type == RealtimeTableType.USER) ? "owner" : null, "test"), type, Set.of()),
				new Codecs().rowType(described), (type == RealtimeTableType.USER) ? owner : null,
				new TableLineage("a test"));
	}

	private static ColumnType base(String name) {
		return new ColumnType(0, name, "pg_catalog", ColumnType.Kind.BASE, -1, null);
	}

	/**
	 * Commits a random transaction that touches no row of one that is still invisible.
	 */
	void commit() {
		Set<Long> locked = new HashSet<>();
		this.commits.stream().filter((commit) -> !commit.visible).forEach((commit) -> locked.addAll(commit.touched));
		List<Change> changes = new ArrayList<>();
		Set<Long> touched = new HashSet<>();
		if (locked.isEmpty() && this.random.nextInt(40) == 0) {
			changes.add(new Change.Truncate(this.table.rowType()));
			touched.addAll(allKeys());
			this.rows.clear();
		}
		int count = 1 + this.random.nextInt(4);
		for (int i = 0; i < count; i++) {
			long key = 1 + this.random.nextInt(KEYS);
			if (!locked.contains(key)) {
				touched.add(key);
				change(key, changes);
			}
		}
		this.lsn += 8 + this.random.nextInt(50);
		Lsn commit = new Lsn(this.lsn);
		this.commits.add(new Commit(commit, this.nextXid++, touched,
				new CommittedTransaction(commit, this.nextXid - 1, Instant.EPOCH, changes), Map.copyOf(this.rows)));
	}

	private void change(long key, List<Change> changes) {
		Item before = this.rows.get(key);
		Item after = (before != null && this.random.nextInt(4) == 0) ? null
				: new Item(key, randomOwner(), randomValue());
		if (before == null && after != null) {
			changes.add(new Change.Insert(row(after)));
		}
		else if (before != null && after != null) {
			changes.add(new Change.Update(row(before), row(after)));
		}
		else if (before != null) {
			changes.add(new Change.Delete(row(before)));
		}
		if (after != null) {
			this.rows.put(key, after);
		}
		else {
			this.rows.remove(key);
		}
	}

	private String randomOwner() {
		return (this.random.nextInt(8) == 0) ? null : OWNERS[this.random.nextInt(OWNERS.length)];
	}

	private Integer randomValue() {
		return (this.random.nextInt(6) == 0) ? null : this.random.nextInt(10);
	}

	private static Set<Long> allKeys() {
		Set<Long> keys = new HashSet<>();
		for (long key = 1; key <= KEYS; key++) {
			keys.add(key);
		}
		return keys;
	}

	/**
	 * Makes some commits visible, not necessarily the oldest.
	 */
	void show(boolean all) {
		for (Commit commit : this.commits) {
			commit.visible = commit.visible || all || this.random.nextInt(3) == 0;
		}
	}

	/**
	 * Takes a position in the log that is no commit.
	 */
	Lsn message() {
		this.lsn += 16;
		return new Lsn(this.lsn);
	}

	Lsn insertPosition() {
		return new Lsn(this.lsn + 4);
	}

	TransactionSnapshot visibility() {
		long[] running = this.commits.stream()
			.filter((commit) -> !commit.visible)
			.mapToLong((commit) -> commit.xid)
			.toArray();
		long xmin = (running.length > 0) ? running[0] : this.nextXid;
		return new TransactionSnapshot(xmin, this.nextXid, running);
	}

	/**
	 * What a snapshot reads: the effects of the visible commits.
	 */
	Collection<Item> visibleRows() {
		Map<Long, Item> state = new HashMap<>();
		for (Commit commit : this.commits) {
			if (commit.visible) {
				commit.applyTo(state);
			}
		}
		return state.values();
	}

	/**
	 * The rows after every commit up to a position.
	 */
	Collection<Item> rowsAt(Lsn position) {
		Map<Long, Item> state = Map.of();
		for (Commit commit : this.commits) {
			if (commit.lsn.isAfter(position)) {
				break;
			}
			state = commit.rows;
		}
		return state.values();
	}

	/**
	 * How many commits there are behind a position and up to another one.
	 */
	long commitsBetween(Lsn after, Lsn upTo) {
		return this.commits.stream().filter((commit) -> commit.lsn.isAfter(after) && !commit.lsn.isAfter(upTo)).count();
	}

	/**
	 * How many changes there are behind a position and up to another one.
	 * @param shows how a row is shown, {@code null} if it is not; what changes nothing of
	 * that does not count
	 */
	long changesBetween(Lsn after, Lsn upTo, Function<Item, String> shows) {
		return this.commits.stream()
			.filter((commit) -> commit.lsn.isAfter(after) && !commit.lsn.isAfter(upTo))
			.flatMap((commit) -> commit.transaction.changes().stream())
			.filter((change) -> change instanceof Change.Truncate || !Objects
				.equals(shown(EvaluatedChange.before(change), shows), shown(EvaluatedChange.after(change), shows)))
			.count();
	}

	private static String shown(Row row, Function<Item, String> shows) {
		if (row == null) {
			return null;
		}
		Long value = (Long) row.get(2);
		return shows.apply(new Item((Long) row.get(0), (String) row.get(1), (value != null) ? value.intValue() : null));
	}

	Row row(Item item) {
		RowType type = this.table.rowType();
		return new Row(type,
				new Object[] { parse(type, 0, item.id), parse(type, 1, item.owner), parse(type, 2, item.v) });
	}

	private static Object parse(RowType type, int index, Object value) {
		return (value != null) ? type.codecs().get(index).parse(value.toString()) : null;
	}

	record Item(long id, String owner, Integer v) {

		String text(String column) {
			return switch (column) {
				case "id" -> Long.toString(this.id);
				case "owner" -> this.owner;
				default -> (this.v != null) ? this.v.toString() : null;
			};
		}

	}

	static final class Commit {

		final Lsn lsn;

		final long xid;

		final Set<Long> touched;

		final CommittedTransaction transaction;

		final Map<Long, Item> rows;

		boolean visible;

		Commit(Lsn lsn, long xid, Set<Long> touched, CommittedTransaction transaction, Map<Long, Item> rows) {
			this.lsn = lsn;
			this.xid = xid;
			this.touched = touched;
			this.transaction = transaction;
			this.rows = rows;
		}

		void applyTo(Map<Long, Item> state) {
			for (long key : this.touched) {
				Item item = this.rows.get(key);
				if (item != null) {
					state.put(key, item);
				}
				else {
					state.remove(key);
				}
			}
		}

	}

}
