package io.kalam.subscription;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codecs;
import io.kalam.codec.RowType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RowKeyTests {

	private static final RowType TYPE = type();

	@Test
	void isAllOfTheKeyAndNothingElse() {
		RowKey key = RowKey.of(row("Aa", bytes("x"), "1"));
		assertThat(key).isEqualTo(RowKey.of(row("Aa", bytes("x"), "2")))
			.hasSameHashCodeAs(RowKey.of(row("Aa", bytes("x"), "2")));
		assertThat(key).isNotEqualTo(RowKey.of(row("Aa", bytes("y"), "1")));
		assertThat(key).isNotEqualTo(RowKey.of(row("BB", bytes("x"), "1")));
	}

	private static RowType type() {
		List<Column> columns = List.of(column("a", 0, "text"), column("b", 1, "bytea"), column("v", 2, "text"));
		return new Codecs().rowType(new Table(new TableName("public", "t"), columns, columns.subList(0, 2)));
	}

	private static Column column(String name, int index, String type) {
		return new Column(name, index, new ColumnType(0, type, "pg_catalog", ColumnType.Kind.BASE, -1, null), false,
				false, null);
	}

	private static Row row(String a, byte[] b, String v) {
		return new Row(TYPE, new Object[] { a, b, v });
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
