package io.kalam.catalog;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Whether each table was asked for once: two owners can't be right.
 */
final class DuplicateCheck implements Check {

	private final List<ResolvedTable> tables;

	DuplicateCheck(List<ResolvedTable> tables) {
		this.tables = tables;
	}

	@Override
	public void run(CheckContext context) {
		Map<TableName, List<String>> origins = this.tables.stream()
			.filter((table) -> table.relation() != null)
			.collect(Collectors.groupingBy((table) -> Objects.requireNonNull(table.relation()).table().name(),
					TreeMap::new, Collectors.mapping((table) -> table.required().origin(), Collectors.toList())));
		origins.forEach((name, classes) -> {
			if (classes.size() > 1) {
				context.find(
						"Table " + Identifiers.sql(name) + " is made realtime by several classes: "
								+ String.join(", ", classes) + ".",
						"Leave @RealtimeTable on one of them; several classes may map the table.");
			}
		});
	}

}
