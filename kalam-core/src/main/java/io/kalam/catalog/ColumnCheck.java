package io.kalam.catalog;

import java.util.function.Predicate;

import io.kalam.catalog.Relation.UnpublishedColumn;

/**
 * The part of a {@link TableCheck} that is about the columns.
 */
final class ColumnCheck {

	private final CheckContext context;

	private final ResolvedTable resolved;

	private final Predicate<ColumnType> known;

	ColumnCheck(CheckContext context, ResolvedTable resolved, Predicate<ColumnType> known) {
		this.context = context;
		this.resolved = resolved;
		this.known = known;
	}

	void run(Relation relation) {
		relation.unpublished().forEach((column) -> unpublished(relation, column));
		relation.table().columns().forEach((column) -> codec(relation, column));
		if (this.resolved.required().owner() != null) {
			owner(relation, this.resolved.required().owner());
		}
	}

	private void unpublished(Relation relation, UnpublishedColumn column) {
		String what = "Column " + Identifiers.sql(column.name()) + " of table " + what(relation);
		String table = "ALTER TABLE " + Identifiers.sql(relation.name());
		if (column.virtual()) {
			this.context.find(
					what + " is a virtual generated column, which Postgres neither publishes nor bears together "
							+ "with REPLICA IDENTITY FULL: it would refuse the application's updates.",
					table + " DROP COLUMN " + Identifiers.sql(column.name()) + "; and add it again as STORED.");
		}
		else if (column.key() || isOwner(column)) {
			this.context.find(
					what + " is the " + (column.key() ? "key" : "owner") + " and generated; Postgres publishes "
							+ "generated columns from version 18 on.",
					table + " ALTER COLUMN " + Identifiers.sql(column.name()) + " DROP EXPRESSION;");
		}
	}

	private boolean isOwner(UnpublishedColumn column) {
		String owner = this.resolved.required().owner();
		return this.resolved.owner() == null && owner != null
				&& (column.name().equals(owner) || column.name().equals(Identifiers.fold(owner)));
	}

	private void codec(Relation relation, Column column) {
		if (!this.known.test(column.type())) {
			Finding finding = MissingCodec.of(what(relation), column, this.resolved.choice());
			this.context.find(finding.problem(), finding.remedy());
		}
	}

	private void owner(Relation relation, String name) {
		Column owner = this.resolved.owner();
		if (owner == null) {
			if (relation.unpublished().stream().noneMatch(this::isOwner) && !isHidden(name)) {
				String columns = Identifiers.sql(relation.table().columns().stream().map(Column::name).toList());
				this.context.find("Table " + what(relation) + " has no column " + name + ", which is to be the owner.",
						"@RealtimeTable(owner = …) with one of " + columns + "; or ALTER TABLE "
								+ Identifiers.sql(relation.name()) + " ADD COLUMN " + Identifiers.sql(name) + " text;");
			}
			return;
		}
		Collation collation = owner.collation();
		if (collation != null && !collation.deterministic()) {
			this.context.find(
					"The owner column " + Identifiers.sql(owner.name()) + " of table " + what(relation)
							+ " has the nondeterministic collation " + Identifiers.sql(collation.name())
							+ ": different users could be equal.",
					"ALTER TABLE " + Identifiers.sql(relation.name()) + " ALTER COLUMN " + Identifiers.sql(owner.name())
							+ " TYPE text COLLATE \"C\";");
		}
	}

	private boolean isHidden(String owner) {
		Relation found = this.resolved.found();
		return found != null && found.table().column(ResolvedTable.spelt(owner, found.columnNames())) != null;
	}

	private String what(Relation relation) {
		return Identifiers.sql(relation.name()) + " (" + this.resolved.required().origin() + ")";
	}

}
