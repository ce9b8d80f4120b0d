package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.RealtimeTableType;
import io.kalam.access.RealtimeUser;
import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.RequiredTable;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTableDefinition;
import io.kalam.query.LiveQuery;
import io.kalam.query.Projection;
import io.kalam.query.RowPredicate;
import io.kalam.query.SqlCondition;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.testing.PrintedCodec;

/**
 * Events as the golden frames show them.
 */
public final class Events {

	public static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

	public static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00.123456Z");

	static final Sequence SEQ = new Sequence(26800712);

	static final Sequence PREV = new Sequence(26800584);

	static final String ROW = "{\"id\":\"42\",\"title\":\"Straße\",\"status\":\"done\"}";

	static final String OLD = "{\"id\":\"42\",\"status\":\"open\"}";

	private Events() {
	}

	public static byte[] bytes(String json) {
		return json.getBytes(StandardCharsets.UTF_8);
	}

	static RealtimeUser user() {
		return new RealtimeUser("alice", "user", Set.of(), Instant.parse("2026-01-01T01:00:00Z"));
	}

	public static SubscriptionEvent.Acknowledged acknowledged(String id, boolean resumed, boolean snapshot,
			Column... columns) {
		List<Column> all = (columns.length > 0) ? List.of(columns) : List.of(column("id", 0, "int8", false),
				column("title", 1, "text", true), column("status", 2, "text", false));
		List<Column> key = all.subList(0, 1);
		Table table = new Table(new TableName("app", "tickets"), all, key);
		LiveTable live = new LiveTable(
				new RealtimeTableDefinition(new RequiredTable(new TableReference("app", "tickets"), null, "test"),
						RealtimeTableType.SHARED, Set.of()),
				new RowType(table, Collections.nCopies(all.size(), PrintedCodec.INSTANCE)), null,
				new TableLineage("a test"));
		return new SubscriptionEvent.Acknowledged(id,
				new LiveQuery(live, new Projection(all, key), Everything.INSTANCE), new Epoch("k3vXq-9"), resumed,
				snapshot);
	}

	static Column column(String name, int index, String type, boolean nullable) {
		return column(name, index, type(type, ColumnType.Kind.BASE, -1, null), nullable);
	}

	static Column column(String name, int index, ColumnType type, boolean nullable) {
		return new Column(name, index, type, nullable, false, null);
	}

	static ColumnType type(String name, ColumnType.Kind kind, int modifier, ColumnType base) {
		return new ColumnType(1, name, "pg_catalog", kind, modifier, base);
	}

	public static SubscriptionEvent.Batch batch(String id, int number, boolean hasMore, String... rows) {
		return new SubscriptionEvent.Batch(id, number, Arrays.stream(rows).map(Events::bytes).toList(), PREV, hasMore);
	}

	public static SubscriptionEvent.Transaction transaction(String id, Sequence previous, boolean last,
			SubscriptionChange... changes) {
		return new SubscriptionEvent.Transaction(id, SEQ, previous, COMMITTED, last, List.of(changes), Map.of());
	}

	static SubscriptionEvent.Transaction folded(Map<String, Integer> folded, SubscriptionChange... changes) {
		return new SubscriptionEvent.Transaction(null, SEQ, PREV, COMMITTED, true, List.of(changes), folded);
	}

	public static SubscriptionChange insert(String id) {
		return new SubscriptionChange(id, SubscriptionChange.Operation.INSERT, bytes(ROW), null);
	}

	static SubscriptionChange update(String id) {
		return new SubscriptionChange(id, SubscriptionChange.Operation.UPDATE, bytes(ROW), bytes(OLD));
	}

	static SubscriptionChange delete(String id) {
		return new SubscriptionChange(id, SubscriptionChange.Operation.DELETE, null, bytes(ROW));
	}

	static SubscriptionChange truncate(String id) {
		return new SubscriptionChange(id, SubscriptionChange.Operation.TRUNCATE, null, null);
	}

	private enum Everything implements RowPredicate {

		INSTANCE;

		@Override
		public boolean test(Row row) {
			return true;
		}

		@Override
		public SqlCondition toSql() {
			return SqlCondition.TRUE;
		}

	}

}
