package io.kalam.catalog;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.kalam.catalog.Relation.UnpublishedColumn;

/**
 * The part of a {@link TableCheck} that is about which columns are hidden. A column that
 * was renamed is not found under the name by which it was hidden, and the table is
 * refused: what was hidden once does not come to light by itself.
 */
final class ChoiceCheck {

	private final CheckContext context;

	private final ResolvedTable resolved;

	private final Relation relation;

	/**
	 * A check.
	 * @param context is told what is wrong
	 * @param resolved what is wanted
	 * @param relation what was found, with all its columns
	 */
	ChoiceCheck(CheckContext context, ResolvedTable resolved, Relation relation) {
		this.context = context;
		this.resolved = resolved;
		this.relation = relation;
	}

	void run() {
		unknown(named((name) -> !this.relation.columnNames().contains(name)));
		if (!isExclusion()) {
			List<String> unpublished = this.relation.unpublished().stream().map(UnpublishedColumn::name).toList();
			unpublished(named(unpublished::contains));
		}
		needed();
	}

	private List<String> named(Predicate<String> condition) {
		return this.resolved.choice().names().stream().filter(condition).sorted().toList();
	}

	private void unknown(List<String> names) {
		if (!names.isEmpty()) {
			this.context.find(
					"Table " + what() + " has no column " + Identifiers.sql(names) + ", which is named in "
							+ attribute() + ".",
					"Name columns that there are: " + Identifiers.sql(this.relation.columnNames())
							+ ". If one was renamed, give its new name; if it was dropped, leave it out.");
		}
	}

	private void unpublished(List<String> names) {
		if (!names.isEmpty()) {
			this.context.find("Column " + Identifiers.sql(names) + " of table " + what() + " is named in " + attribute()
					+ " and generated; Postgres does not publish it.", "Leave it out of " + attribute() + ".");
		}
	}

	private void needed() {
		Set<String> needed = new LinkedHashSet<>(this.relation.table().key().stream().map(Column::name).toList());
		String owner = this.resolved.required().owner();
		if (owner != null) {
			needed.add(ResolvedTable.spelt(owner, this.relation.columnNames()));
		}
		List<String> missing = needed.stream()
			.filter((name) -> this.relation.table().column(name) != null && !this.resolved.choice().admits(name))
			.toList();
		if (!missing.isEmpty()) {
			this.context.find(
					"Table " + what() + " hides " + Identifiers.sql(missing) + " (" + attribute()
							+ "), and can't do without key and owner.",
					isExclusion() ? "Leave " + Identifiers.sql(missing) + " out of " + attribute() + "."
							: "@RealtimeTable(columns = " + array(needed) + ")");
		}
	}

	/**
	 * The columns that are named, and those that are needed, in the order of the table.
	 */
	private String array(Set<String> needed) {
		return this.relation.columnNames()
			.stream()
			.filter((name) -> this.resolved.choice().names().contains(name) || needed.contains(name))
			.collect(Collectors.joining("\", \"", "{ \"", "\" }"));
	}

	private boolean isExclusion() {
		return this.resolved.choice() instanceof ColumnChoice.Except;
	}

	private String attribute() {
		return isExclusion() ? "@RealtimeTable(exclude = …)" : "@RealtimeTable(columns = …)";
	}

	private String what() {
		return Identifiers.sql(this.relation.name()) + " (" + this.resolved.required().origin() + ")";
	}

}
