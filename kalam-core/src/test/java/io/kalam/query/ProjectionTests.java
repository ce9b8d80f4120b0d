package io.kalam.query;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProjectionTests {

	private static final RowType TYPE = type();

	@Test
	void writesShownColumnsInOrderAndKeyBehindThem() {
		assertThat(encode("b\"ig", "f")).isEqualTo("{\"b\\\"ig\":\"9007199254740993\",\"f\":null,\"id\":1}");
	}

	@Test
	void keyKeepsThePlaceItWasAskedFor() {
		assertThat(encode("id", "f")).isEqualTo("{\"id\":1,\"f\":null}");
	}

	@Test
	void writesJsonAsItIs() {
		assertThat(encode("data")).isEqualTo("{\"data\":{\"n\": 1.10, \"😀\": null},\"id\":1}");
	}

	@Test
	void writesWithoutTheRow() {
		Projection projection = projection("f", "data");
		Row row = row("1", "2", "[1]", "0.1");
		assertThat(projection.encode(TYPE, (column) -> row.get(column.index()))).isEqualTo(projection.encode(row));
	}

	@Test
	void writesOldValuesOfWhatHasChangedWithTheKey() {
		Row before = row("1", "2", "[1]", null);
		assertThat(changed(before, row("1", "3", "[1]", null))).isEqualTo("{\"b\\\"ig\":\"2\",\"id\":1}");
		assertThat(changed(before, row("1", "2", "[1]", "-0"))).isEqualTo("{\"f\":null,\"id\":1}");
		assertThat(changed(row("1", "2", "[1]", "0"), row("1", "2", "[1]", "-0"))).isEqualTo("{\"f\":0.0,\"id\":1}");
		assertThat(changed(row("1", null, "[1]", "NaN"), row("1", "5", "[1]", "NaN")))
			.isEqualTo("{\"b\\\"ig\":null,\"id\":1}");
	}

	@Test
	void changeOfWhatIsNotShownIsNone() {
		Row before = row("1", "2", "[1]", "NaN");
		assertThat(changed(before, row("1", "2", "[2]", "NaN"))).isNull();
		assertThat(changed(before, before)).isNull();
	}

	@Test
	void equalsOneOfTheSameColumnsInTheSameOrder() {
		assertThat(projection("id", "f")).isEqualTo(projection("id", "f")).hasSameHashCodeAs(projection("id", "f"));
		assertThat(projection("id", "f")).isNotEqualTo(projection("f", "id")).isNotEqualTo(projection("id"));
	}

	@Test
	void equalsNoneOfAnotherKey() {
		Column other = projection("f").columns().get(0);
		assertThat(projection("id", "f")).isNotEqualTo(new Projection(projection("id", "f").columns(), List.of(other)));
	}

	@Test
	void showsTheKey() {
		List<Column> columns = TYPE.table().columns();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new Projection(columns.subList(1, 2), TYPE.table().key()));
	}

	private static String encode(String... columns) {
		Row row = row("1", "9007199254740993", "{\"n\": 1.10, \"😀\": null}", null);
		return new String(projection(columns).encode(row), StandardCharsets.UTF_8);
	}

	private static @Nullable String changed(Row before, Row after) {
		byte[] json = projection("b\"ig", "f").encodeChanged(before, after);
		return (json != null) ? new String(json, StandardCharsets.UTF_8) : null;
	}

	private static Projection projection(String... columns) {
		return Projection.of(TYPE, List.of(columns).stream().map(TYPE.table()::column).toList());
	}

	private static Row row(@Nullable String... printed) {
		return TestTypes.row(TYPE, printed);
	}

	private static RowType type() {
		Map<String, String> types = new LinkedHashMap<>();
		types.put("id", "int4");
		types.put("b\"ig", "int8");
		types.put("data", "json");
		types.put("f", "float8");
		return TestTypes.rowType(new TableName("app", "things"), types, TestTypes.BINARY);
	}

}
