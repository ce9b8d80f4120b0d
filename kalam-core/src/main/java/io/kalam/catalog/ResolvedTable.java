package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A table that is wanted, and what the database has for it.
 *
 * @param required what is wanted
 * @param relation what was found, {@code null} if nothing was
 * @param owner the owner column, {@code null} if none is wanted or found
 */
record ResolvedTable(RequiredTable required, @Nullable Relation relation, @Nullable Column owner) {

	static ResolvedTable of(RequiredTable required, @Nullable Relation relation) {
		String owner = required.owner();
		if (relation == null || owner == null) {
			return new ResolvedTable(required, relation, null);
		}
		Column exact = relation.table().column(owner);
		return new ResolvedTable(required, relation,
				(exact != null) ? exact : relation.table().column(Identifiers.fold(owner)));
	}

}
