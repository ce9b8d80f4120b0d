package io.kalam.catalog;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * A table that is wanted, and what the database has for it.
 *
 * @param required what is wanted
 * @param found what was found, {@code null} if nothing was
 * @param relation the same without the columns that are hidden
 * @param owner the owner column, {@code null} if none is wanted or found
 * @param choice the choice of columns, as the catalog spells them
 */
record ResolvedTable(RequiredTable required, @Nullable Relation found, @Nullable Relation relation,
		@Nullable Column owner, ColumnChoice choice) {

	static ResolvedTable of(RequiredTable required, @Nullable Relation found) {
		if (found == null) {
			return new ResolvedTable(required, null, null, null, required.choice());
		}
		ColumnChoice choice = choice(required.choice(), found);
		Relation relation = found.withTable(found.table().showing(choice));
		String owner = required.owner();
		return new ResolvedTable(required, found, relation,
				(owner != null) ? relation.table().column(spelt(owner, relation.columnNames())) : null, choice);
	}

	private static ColumnChoice choice(ColumnChoice choice, Relation relation) {
		List<String> columns = relation.columnNames();
		Set<String> names = choice.names().stream().map((name) -> spelt(name, columns)).collect(Collectors.toSet());
		return (choice instanceof ColumnChoice.Only) ? new ColumnChoice.Only(names) : new ColumnChoice.Except(names);
	}

	/**
	 * A name as the catalog spells it.
	 * @param name a name
	 * @param columns the names of the columns
	 * @return the name if there is such a column, else in lower case
	 */
	static String spelt(String name, List<String> columns) {
		return columns.contains(name) ? name : Identifiers.fold(name);
	}

}
