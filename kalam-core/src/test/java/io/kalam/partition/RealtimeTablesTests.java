package io.kalam.partition;

import java.util.List;
import java.util.Map;

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

}
