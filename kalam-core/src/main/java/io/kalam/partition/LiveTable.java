package io.kalam.partition;

import java.util.Locale;

import io.kalam.catalog.Column;
import io.kalam.catalog.TableLineage;
import io.kalam.catalog.TableName;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.codec.CodecException;
import io.kalam.codec.RowType;
import org.jspecify.annotations.Nullable;

/**
 * A realtime table as the application defined it and as the database has it.
 *
 * @param definition what the application says
 * @param rowType what the database has
 * @param owner the owner column, {@code null} if and only if the table is shared
 * @param lineage which history of its rows the stream tells
 */
public record LiveTable(RealtimeTableDefinition definition, RowType rowType, @Nullable Column owner,
		TableLineage lineage) {

	/**
	 * The table's name.
	 * @return the name
	 */
	public TableName name() {
		return this.rowType.name();
	}

	/**
	 * Whether its rows are events, which no table of the database holds.
	 * @return whether it is a stream
	 */
	public boolean isStream() {
		return this.definition.stream() != null;
	}

	/**
	 * All rows, for those who are trusted with them.
	 * @return the rows of all owners and those that nobody owns, or the only partition of
	 * a shared table
	 */
	public Partition all() {
		return (this.owner != null) ? Partition.all(name()) : Partition.shared(name());
	}

	/**
	 * Whether its rows have tenants.
	 * @return whether they have
	 */
	public boolean isTenanted() {
		return this.definition.tenant() != null;
	}

	/**
	 * The tenant column.
	 * @return the column, {@code null} if there are no tenants, or no such column
	 */
	public @Nullable Column tenant() {
		String name = this.definition.tenant();
		if (name == null) {
			return null;
		}
		Column exact = this.rowType.table().column(name);
		return (exact != null) ? exact : this.rowType.table().column(name.toLowerCase(Locale.ROOT));
	}

	/**
	 * What the tenant column holds in the rows of a tenant.
	 * @param claim the tenant, as the token says
	 * @return the value as the column's type prints it, or {@code null} if the claim is
	 * none of that type, so that no row can be the tenant's
	 */
	public @Nullable String tenantOf(String claim) {
		Column column = tenant();
		return (column != null) ? canonical(column, claim) : null;
	}

	/**
	 * The partition of a user.
	 * @param claim who the user is, as the token says
	 * @return the user's partition, or {@code null} if the claim is no value of the owner
	 * column's type, so that no row can be the user's; the only partition of a shared
	 * table, whatever the claim
	 */
	public @Nullable Partition partitionOf(String claim) {
		if (this.owner == null) {
			return Partition.shared(name());
		}
		String canonical = canonical(this.owner, claim);
		return (canonical != null) ? new Partition(name(), canonical) : null;
	}

	/**
	 * The partition that a row belongs to.
	 * @param row a row of this table
	 * @return the partition of its owner, or that of the rows that nobody owns; the only
	 * one of a table without owners
	 */
	public Partition partitionOf(Row row) {
		if (this.owner == null) {
			return Partition.shared(name());
		}
		Object value = row.get(this.owner.index());
		return (value != null) ? new Partition(name(), this.rowType.codec(this.owner).print(value))
				: Partition.unowned(name());
	}

	private @Nullable String canonical(Column column, String claim) {
		Codec<Object> codec = this.rowType.codec(column);
		try {
			return codec.print(codec.parse(claim));
		}
		catch (CodecException ex) {
			return null;
		}
	}

}
