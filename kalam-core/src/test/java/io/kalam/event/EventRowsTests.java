package io.kalam.event;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.kalam.catalog.Column;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import io.kalam.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What events consist of, and what is made of what somebody tells.
 */
class EventRowsTests {

	private static final TableName NAME = new TableName("public", "all_kinds");

	private final TestClock clock = new TestClock();

	private final EventRows rows = new EventRows(this.clock);

	private final RowType type = type(List.of("who"));

	private static RowType type(List<String> key) {
		return TestStreams
			.table(TestStreams.define(AllKinds.class, NAME.name(), key, "to_user", Duration.ofSeconds(1), 1))
			.rowType();
	}

	@Test
	void propertiesAreColumns() {
		Table table = this.type.table();
		assertThat(table.columns()).extracting((column) -> column.name() + ' ' + column.type().name())
			.containsExactly("to_user text", "who text", "count int4", "at timestamptz", "rate numeric", "note jsonb",
					"raw bytea", "urgent bool", "mood text");
		assertThat(table.key()).extracting(Column::name).containsExactly("to_user", "who");
		assertThat(table.columns()).filteredOn((column) -> !column.nullable())
			.extracting(Column::name)
			.containsExactly("to_user", "who", "count", "urgent");
	}

	@Test
	void withoutAKeyEveryEventIsAnother() {
		RowType keyless = type(List.of());
		assertThat(keyless.table().key()).extracting(Column::name).containsExactly("to_user", "event_id");
		Row first = read(keyless, "{\"to_user\":\"a\",\"who\":\"b\",\"count\":1,\"urgent\":false}");
		this.clock.advance(Duration.ofMillis(1));
		Row second = read(keyless, "{\"to_user\":\"a\",\"who\":\"b\",\"count\":1,\"urgent\":false}");
		UUID id = (UUID) first.get(0);
		assertThat(id.version()).isEqualTo(7);
		assertThat(id.variant()).isEqualTo(2);
		assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli());
		assertThat(second.get(0).toString()).isGreaterThan(id.toString());
	}

	@Test
	void valuesComeThroughTheLogAsTheyWere() {
		Row row = read(this.type,
				"{\"to_user\":\"alice\",\"who\":\"b\\u00e9\\\"\",\"count\":7,"
						+ "\"at\":\"2026-01-02T03:04:05.678Z\",\"rate\":12345678901234567890.10,\"note\":[\"x\"],"
						+ "\"raw\":\"AQI=\",\"urgent\":true}");
		for (EventMessage message : List.of(EventMessage.put(row), EventMessage.hold(List.of(row, row), "h"))) {
			EventMessage read = EventMessage.read(this.type, message.content());
			assertThat(read).isEqualTo(new EventMessage(message.kind(), read.rows(), message.holder()));
			assertThat(read.rows()).hasSameSizeAs(message.rows()).allMatch((told) -> told.sameValues(row));
		}
		for (EventMessage message : List.of(EventMessage.remove(row), EventMessage.release(List.of(row), "h"))) {
			EventMessage read = EventMessage.read(this.type, message.content());
			assertThat(read).isEqualTo(new EventMessage(message.kind(), read.rows(), message.holder()));
			assertThat(read.rows()).hasSize(1).allMatch((ended) -> ended.sameKey(row));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "[]", "no JSON", "{\"put\":{},\"remove\":{}}", "{\"put\":[]}", "{\"hold\":[]}",
			"{\"hold\":{},\"by\":7}", "{\"hold\":[{}],\"by\":\"h\"}", "{\"release\":[7],\"by\":\"h\"}" })
	void whatIsNoMessageIsNone(String content) {
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(() -> EventMessage.read(this.type, content.getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void applicationsOfTwoVersionsUnderstandEachOther() {
		EventMessage read = EventMessage.read(this.type, """
				{"put":{"to_user":"ann","who":"b","count":"7","urgent":"f","later":"unknown"}}
				""".getBytes(StandardCharsets.UTF_8));
		assertThat(read.rows().get(0).get(2)).isEqualTo(7L);
		assertThat(read.rows().get(0).get(3)).isNull();
		assertThatExceptionOfType(CodecException.class)
			.isThrownBy(
					() -> EventMessage
						.read(this.type,
								"{\"put\":{\"to_user\":\"ann\",\"who\":\"b\",\"count\":7,\"urgent\":\"f\"}}"
									.getBytes(StandardCharsets.UTF_8)))
			.withMessageContaining("count");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[]", "17", "null", "{}", "{\"to_user\":null,\"who\":\"b\",\"count\":1,\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":\"SECRET\",\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":1.5,\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":99999999999,\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":17,\"count\":1,\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":{},\"count\":1,\"urgent\":true}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":1,\"urgent\":\"yes\"}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":1,\"urgent\":true,\"at\":\"SECRET\"}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":1,\"urgent\":true,\"raw\":\"SECRET!\"}",
			"{\"to_user\":\"SECRET\",\"who\":\"b\",\"count\":1,\"urgent\":true,\"SECRET\":1}" })
	void whatIsNoEventIsRefusedWithoutItsValues(String json) {
		assertThatExceptionOfType(InvalidEventException.class).isThrownBy(() -> read(this.type, json))
			.satisfies((ex) -> assertThat(ex).hasMessageNotContaining("SECRET").hasNoCause());
	}

	@Test
	void aColumnThatIsNotThereIsRefused() {
		assertThatExceptionOfType(InvalidEventException.class)
			.isThrownBy(() -> EventTable.of(AllKinds.class, NAME, List.of("nothing"), null, null))
			.withMessageContaining("nothing")
			.withMessageContaining("to_user");
	}

	private Row read(RowType of, String json) {
		return this.rows.read(of, JsonMapper.shared().readTree(json));
	}

	record AllKinds(String toUser, String who, int count, Instant at, BigDecimal rate, List<String> note, byte[] raw,
			boolean urgent, Thread.State mood) {
	}

}
