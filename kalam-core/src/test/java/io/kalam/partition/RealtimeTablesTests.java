package io.kalam.partition;

import java.util.List;
import java.util.Map;
import java.util.Set;

import io.kalam.catalog.ColumnChoice;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.codec.RowType;
import io.kalam.testing.TestTypes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is asked at the begin of every transaction costs nothing and tells a change.
 */
class RealtimeTablesTests {

	private static final RowType TICKETS = TestTypes.rowType(new TableName("public", "tickets"), Map.of("id", "text"),
			TestTypes.BINARY);

	@Test
	void rowTypesAreTheSameMapUntilOneOfThemIsAnother() {
		RealtimeTables tables = new RealtimeTables();
		assertThat(tables.rowTypes()).isEmpty();
		tables.replace(List.of(TestTypes.liveTable(TICKETS)));
		Map<TableName, RowType> types = tables.rowTypes();
		assertThat(types).containsOnly(Map.entry(TICKETS.name(), TICKETS));
		assertThat(tables.rowTypes()).isSameAs(types);
		tables.replace(List.of(TestTypes.liveTable(TICKETS)));
		assertThat(tables.rowTypes()).as("the catalog was read again and nothing was new").isSameAs(types);
		RowType altered = TestTypes.rowType(TICKETS.name(), Map.of("id", "int8"), TestTypes.BINARY);
		tables.replace(List.of(TestTypes.liveTable(altered)));
		assertThat(tables.rowTypes()).containsOnly(Map.entry(TICKETS.name(), altered));
	}

	@Test
	void anotherChoiceOfColumnsIsAnotherMap() {
		RealtimeTables tables = new RealtimeTables();
		tables.replace(List.of(TestTypes.liveTable(TICKETS)));
		Map<TableName, RowType> types = tables.rowTypes();
		RowType chosen = new RowType(TICKETS.table(), TICKETS.codecs(), new ColumnChoice.Except(Set.of("secret")));
		tables.replace(List.of(TestTypes.liveTable(chosen)));
		assertThat(tables.rowTypes()).isNotSameAs(types);
		assertThat(tables.rowTypes().get(TICKETS.name()).choice()).isEqualTo(chosen.choice());
	}

	@Test
	void knowsWhichTablesOfEarlierHadColumnsThatAreHiddenNow() {
		RealtimeTables tables = new RealtimeTables();
		Table earlier = TestTypes.table("tickets", Map.entry("id", TestTypes.type("text")),
				Map.entry("secret", TestTypes.type("text")));
		assertThat(tables.hidesSomeOf(earlier)).as("no realtime table").isFalse();
		tables.replace(List.of(TestTypes.liveTable(TICKETS)));
		assertThat(tables.hidesSomeOf(earlier)).as("the column was dropped").isFalse();
		for (ColumnChoice choice : List.of(new ColumnChoice.Except(Set.of("secret")),
				new ColumnChoice.Only(Set.of("id")))) {
			tables.replace(List.of(TestTypes.liveTable(new RowType(TICKETS.table(), TICKETS.codecs(), choice))));
			assertThat(tables.hidesSomeOf(earlier)).isTrue();
			assertThat(tables.hidesSomeOf(TICKETS.table())).isFalse();
		}
	}

}
