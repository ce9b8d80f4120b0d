package io.kalam.partition;

import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The rows of a table that belong together.
 *
 * @param table the table
 * @param scope which of its rows
 * @param owner the owner in canonical form (as the owner column's type prints it) if the
 * rows are an owner's, else {@code null}
 */
public record Partition(TableName table, Scope scope, @Nullable String owner) {

	public Partition {
		Assert.isTrue((owner != null) == (scope == Scope.OWNER), "an owner's rows, and no others, have an owner");
	}

	/**
	 * The rows of an owner, or of a shared table.
	 * @param table the table
	 * @param owner the owner in canonical form, or {@code null} for all of a shared table
	 */
	public Partition(TableName table, @Nullable String owner) {
		this(table, (owner != null) ? Scope.OWNER : Scope.SHARED, owner);
	}

	/**
	 * The partition of a shared table.
	 * @param table the table
	 * @return all its rows
	 */
	public static Partition shared(TableName table) {
		return new Partition(table, Scope.SHARED, null);
	}

	/**
	 * The rows that nobody owns, of a table that has owners.
	 * @param table the table
	 * @return those whose owner is null
	 */
	public static Partition unowned(TableName table) {
		return new Partition(table, Scope.UNOWNED, null);
	}

	/**
	 * Every row of a table that has owners. No change is of this partition; whoever reads
	 * it reads those of all others.
	 * @param table the table
	 * @return the rows of all owners, and those that nobody owns
	 */
	public static Partition all(TableName table) {
		return new Partition(table, Scope.ALL, null);
	}

	/**
	 * Whether this is every row of a table that has owners.
	 * @return whether other partitions are part of it
	 */
	public boolean isAll() {
		return this.scope == Scope.ALL;
	}

	/**
	 * Whether the rows of another partition are among those of this one.
	 * @param other the other one
	 * @return whether it is the same, or a part of this
	 */
	public boolean covers(Partition other) {
		return equals(other) || (isAll() && this.table.equals(other.table));
	}

	/**
	 * Names the table and not the owner: who reads what must not reach a log.
	 */
	@Override
	public String toString() {
		return "Partition of " + this.table;
	}

	/**
	 * Which rows of a table.
	 */
	public enum Scope {

		/** Those of one owner. */
		OWNER,

		/** All of a table that has no owners. */
		SHARED,

		/** Those that nobody owns. */
		UNOWNED,

		/** All of a table that has owners. */
		ALL

	}

}
