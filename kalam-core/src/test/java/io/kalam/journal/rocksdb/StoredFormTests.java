package io.kalam.journal.rocksdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.ResetReason;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestCodecs;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That a change is read by another process as it was written, in the columns it had.
 */
class StoredFormTests {

	private static final TableName NAME = new TableName("odd schema", "every \"type\"");

	private static final Partition PARTITION = Partition.shared(NAME);

	@TempDir
	private Path directory;

	@Test
	void readsBackEveryValue() throws InterruptedException {
		Map<String, String> values = new LinkedHashMap<>();
		values.put("bool", "t");
		values.put("int2", "-32768");
		values.put("int4", "2147483647");
		values.put("int8", "-9223372036854775808");
		values.put("oid", "4294967295");
		values.put("float4", "-0");
		values.put("float8", "NaN");
		values.put("numeric", "-123456789012345678901234567890.1200");
		values.put("text", "ü€😀\uFFFF");
		values.put("bpchar(8)", "abc     ");
		values.put("uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
		values.put("date", "-infinity");
		values.put("time", "23:59:59.999999");
		values.put("timetz", "04:05:06.789-08");
		values.put("timestamp", "2026-11-20 16:00:00.123456");
		values.put("timestamptz", "infinity");
		values.put("interval", "P1Y-2M3DT-4H5.6S");
		values.put("json", "{\"a\": [1, null]}");
		values.put("bytea", "\\x00ff10");
		values.put("inet", "10.0.0.1/8");
		values.put("int4[]", "{{1,NULL},{3,4}}");
		values.put("numeric[]", "{1.50,Infinity,-Infinity,NaN," + "7".repeat(5000) + ".10}");
		values.put("text[]", "{}");
		values.put("enum(sad,ok)", "ok");
		values.put("enum(sad,ok)[]", "{ok,sad}");
		Map<String, String> types = new LinkedHashMap<>();
		values.keySet().forEach((type) -> types.put("c " + type, type));
		RowType type = TestTypes.rowType(NAME, types, TestTypes.LINGUISTIC);
		Row full = TestTypes.row(type, values.values().toArray(String[]::new));
		Row empty = TestTypes.row(type, new String[values.size()]);
		assertReadBack(List.of(new Change.Insert(full), new Change.Delete(empty), new Change.Update(full, empty),
				new Change.Update(full, full), new Change.Update(empty, full), new Change.Truncate(type),
				new Change.Reset(NAME, ResetReason.CONVERSION)));
	}

	@Test
	void readsOldRowsInTheColumnsTheyHad() throws InterruptedException {
		RowType narrow = TestTypes.rowType(NAME, Map.of("id", "int8"), TestTypes.BINARY);
		Map<String, String> columns = new LinkedHashMap<>();
		columns.put("id", "int8");
		columns.put("more", "text");
		RowType wide = TestTypes.rowType(NAME, columns, TestTypes.BINARY);
		Row before = TestTypes.row(narrow, "1");
		Row after = TestTypes.row(wide, "1", "x");
		assertReadBack(List.of(new Change.Insert(before), new Change.Update(before, after), new Change.Insert(after)));
	}

	@Test
	void readsValuesOfTheApplicationsTypesWithoutItsCodec() throws InterruptedException {
		ColumnType shape = new ColumnType(0, "shape", "app", ColumnType.Kind.BASE, -1, null);
		Table table = TestTypes.table("places", Map.entry("id", TestTypes.type("int8")), Map.entry("one", shape),
				Map.entry("some", TestTypes.array("_shape", shape)), Map.entry("none", shape));
		RowType type = new Codecs(List.of(TestCodecs.of("app.shape", (text, out) -> out.writeNumber(text.length()))))
			.rowType(new Table(NAME, table.columns(), table.key()));
		Row row = TestTypes.row(type, "1", "abc", "{{a,NULL},{bc,\"\"}}", null);
		assertReadBack(List.of(new Change.Insert(row), new Change.Update(row, row)));
	}

	private void assertReadBack(List<Change> changes) throws InterruptedException {
		List<RoutedChange> routed = IntStream.range(0, changes.size())
			.mapToObj((i) -> new RoutedChange(i,
					(changes.get(i) instanceof Change.Truncate || changes.get(i) instanceof Change.Reset) ? null
							: PARTITION,
					changes.get(i)))
			.toList();
		Instant time = Instant.parse("2026-01-01T00:00:00.123456Z");
		Sequence sequence = new Sequence(20);
		try (RocksJournal journal = RocksJournal.open(RocksJournalSettings.defaults(this.directory),
				Clock.systemUTC())) {
			journal.append(List.of(new RoutedTransaction(sequence, 0xFFFF_FFFFL, time, routed)));
			assertThat(journal.awaitDurable(sequence, Duration.ofSeconds(30))).isTrue();
		}
		try (RocksJournal journal = RocksJournal.open(RocksJournalSettings.defaults(this.directory),
				Clock.systemUTC())) {
			RoutedTransaction read = journal.read(PARTITION, Sequence.ZERO, sequence, Long.MAX_VALUE)
				.transactions()
				.get(0);
			assertThat(read.xid()).isEqualTo(0xFFFF_FFFFL);
			assertThat(read.commitTime()).isEqualTo(time);
			assertThat(read.changes()).hasSameSizeAs(routed);
			for (int i = 0; i < routed.size(); i++) {
				assertThat(read.changes().get(i).ordinal()).isEqualTo(i);
				assertThat(read.changes().get(i).partition()).isEqualTo(routed.get(i).partition());
				assertSame(read.changes().get(i).change(), routed.get(i).change());
			}
		}
	}

	private static void assertSame(Change found, Change expected) {
		assertThat(found).hasSameClassAs(expected);
		if (expected instanceof Change.Insert insert) {
			assertSame(((Change.Insert) found).row(), insert.row());
		}
		else if (expected instanceof Change.Delete delete) {
			assertSame(((Change.Delete) found).before(), delete.before());
		}
		else if (expected instanceof Change.Update update) {
			assertSame(((Change.Update) found).before(), update.before());
			assertSame(((Change.Update) found).after(), update.after());
		}
		else {
			assertThat(found).isEqualTo(expected);
		}
	}

	private static void assertSame(Row found, Row expected) {
		assertThat(found.type()).isEqualTo(expected.type());
		for (Column column : expected.type().table().columns()) {
			assertThat(found.sameValue(expected, column)).as(column.name()).isTrue();
		}
	}

}
