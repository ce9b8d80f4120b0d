package io.kalam.pipeline;

import io.kalam.catalog.CheckedTable;
import io.kalam.catalog.Collation;
import io.kalam.catalog.Column;
import io.kalam.catalog.Finding;
import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;

/**
 * Whether the tenants of a table can be told apart.
 */
final class TenantCheck {

	private TenantCheck() {
	}

	/**
	 * Checks a table.
	 * @return what has to be mended, {@code null} if nothing has
	 */
	static @Nullable Finding check(CheckedTable table, LiveTable live) {
		if (!live.isTenanted()) {
			return null;
		}
		String what = live.name() + " (" + table.required().origin() + ")";
		Column tenant = live.tenant();
		if (tenant == null) {
			return new Finding(
					"Table " + what + " has no column " + live.definition().tenant() + ", which is to be the tenant.",
					"@RealtimeTable(tenant = …) with one of "
							+ live.rowType().table().columns().stream().map(Column::name).toList() + "; or ALTER TABLE "
							+ live.name().toSql() + " ADD COLUMN "
							+ TableName.quote(String.valueOf(live.definition().tenant())) + " text;");
		}
		Collation collation = tenant.collation();
		if (collation != null && !collation.deterministic()) {
			return new Finding(
					"The tenant column " + tenant.name() + " of table " + what + " has the nondeterministic collation "
							+ collation.name() + ": different tenants could be equal.",
					"ALTER TABLE " + live.name().toSql() + " ALTER COLUMN " + TableName.quote(tenant.name())
							+ " TYPE text COLLATE \"C\";");
		}
		if (!live.rowType().codec(tenant).identifying()) {
			return new Finding(
					"The tenant column " + tenant.name() + " of table " + what + " is of type " + tenant.type().name()
							+ ", whose equal values can be written in several ways.",
					"Use a column of type text, varchar, uuid, smallint, integer or bigint as the tenant.");
		}
		return null;
	}

}
