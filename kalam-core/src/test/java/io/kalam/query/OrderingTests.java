package io.kalam.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import io.kalam.partition.LiveTable;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OrderingTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "ORDER BY size | r.\"size\" ASC NULLS LAST, r.\"id\" ASC NULLS LAST",
					"ORDER BY size DESC | r.\"size\" DESC NULLS FIRST, r.\"id\" ASC NULLS LAST",
					"order by SIZE desc nulls last, \"order\" nulls first limit 3 | r.\"size\" DESC NULLS LAST, "
							+ "r.\"order\" ASC NULLS FIRST, r.\"id\" ASC NULLS LAST",
					"ORDER BY id DESC, size, id | r.\"id\" DESC NULLS FIRST, r.\"size\" ASC NULLS LAST",
					"ORDER BY app.tickets.code | r.\"code\" ASC NULLS LAST, r.\"id\" ASC NULLS LAST",
					"WHERE due IS DISTINCT FROM '2026-01-01' ORDER BY \"Weird \"\"Name\"\"\" ASC LIMIT 1 | "
							+ "r.\"Weird \"\"Name\"\"\" ASC NULLS LAST, r.\"id\" ASC NULLS LAST",
					"LIMIT 1000 | r.\"id\" ASC NULLS LAST" })
	void isWrittenForPostgres(String rest, String sql) {
		assertThat(QueryFixture.parse("SELECT * FROM tickets " + rest).ordering().toSql("r")).isEqualTo(sql);
	}

	@Test
	void columnsAreShown() {
		LiveQuery query = QueryFixture.parse("SELECT title FROM tickets t ORDER BY t.created, due LIMIT $1", 7);
		assertThat(query.projection().columns()).extracting(Column::name)
			.containsExactly("title", "created", "due", "id");
		assertThat(query.window().rows()).isEqualTo(7);
		assertThat(query).isEqualTo(QueryFixture.parse("SELECT title FROM tickets ORDER BY created ASC, due LIMIT 7"))
			.isNotEqualTo(QueryFixture.parse("SELECT title FROM tickets ORDER BY created, due LIMIT 8"))
			.isNotEqualTo(QueryFixture.parse("SELECT title FROM tickets ORDER BY created, due"))
			.isNotEqualTo(QueryFixture.parse("SELECT title, due, created FROM tickets ORDER BY due, created LIMIT 7"));
	}

	@Test
	void queryWithoutIt() {
		LiveQuery query = QueryFixture.parse("SELECT id FROM tickets");
		assertThat(query.ordering().isNone()).isTrue();
		assertThat(query.window()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "uuid", "text", "bpchar(4)", "varchar" })
	void textOfTheKeyIsOrderedByItsBytes(String type) {
		LiveQuery query = parse(type, "SELECT * FROM items LIMIT 1");
		boolean collated = !type.equals("uuid");
		assertThat(query.ordering().toSql("r"))
			.isEqualTo("r.\"id\"" + (collated ? " COLLATE \"pg_catalog\".\"C\"" : "") + " ASC NULLS LAST");
	}

	@ParameterizedTest
	@CsvSource({ "jsonb", "inet", "text[]" })
	void keyWithoutAnOrderIsRefused(String type) {
		assertThatExceptionOfType(QueryException.class).isThrownBy(() -> parse(type, "SELECT * FROM items LIMIT 1"))
			.withMessageContaining("whose key has an order")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(QueryException.Code.UNSUPPORTED));
	}

	@Test
	void placedRowIsReadAsItWasWritten() {
		Ordering ordering = QueryFixture.parse("SELECT * FROM tickets ORDER BY code DESC, score, created").ordering();
		Map<String, String> texts = new HashMap<>(Map.of("id", "7", "code", "\uD83D\uDE00 ", "score", "NaN"));
		byte[] row = { 1, 2, 3 };
		PlacedRow read = PlacedRow.read(ordering, PlacedRow.write(ordering, (column) -> texts.get(column.name()), row));
		assertThat(read.row()).isEqualTo(row);
		assertThat(Arrays.asList(read.place().value(0), read.place().value(1), read.place().value(2)))
			.isEqualTo(Arrays.asList("\uD83D\uDE00 ", Double.NaN, null));
	}

	private static LiveQuery parse(String type, String sql) {
		RowType rowType = TestTypes.rowType(new TableName("public", "items"), Map.of("id", type), TestTypes.LINGUISTIC);
		LiveTable table = TestTypes.liveTable(rowType);
		return new LiveQueryParser(QueryLimits.DEFAULT).parse(sql, List.of(), "ann", (schema, name) -> table);
	}

}
