package io.kalam.catalog;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What the checks have to know about a table besides its description.
 *
 * @param oid the table's oid
 * @param table its description
 * @param kind what it is
 * @param partition whether it is a partition of another table
 * @param members the table and, if it is partitioned, everything below it
 * @param heirs the tables that inherit from it without being partitions
 * @param unpublished the generated columns that the stream can't carry
 * @param generated whether it has a stored generated column
 * @param columnVersions other ones whenever a column was altered or replaced, be it by
 * one that looks the same
 * @param primaryKey its primary key, {@code null} if it has none
 * @param candidateKey the columns of a unique index that could be the primary key, empty
 * if there is none
 * @param access what our role may do with it
 */
record Relation(long oid, Table table, Kind kind, boolean partition, List<Member> members, List<TableName> heirs,
		List<UnpublishedColumn> unpublished, boolean generated, String columnVersions, @Nullable PrimaryKey primaryKey,
		List<String> candidateKey, Access access) {

	TableName name() {
		return this.table.name();
	}

	/**
	 * The same with another description.
	 */
	Relation withTable(Table described) {
		return new Relation(this.oid, described, this.kind, this.partition, this.members, this.heirs, this.unpublished,
				this.generated, this.columnVersions, this.primaryKey, this.candidateKey, this.access);
	}

	/**
	 * The names of all columns, whether the stream can carry them or not.
	 */
	List<String> columnNames() {
		return Stream
			.concat(this.table.columns().stream().map(Column::name),
					this.unpublished.stream().map(UnpublishedColumn::name))
			.toList();
	}

	boolean isPartitioned() {
		return this.kind == Kind.PARTITIONED;
	}

	/**
	 * What {@code pg_class.relkind} says.
	 */
	enum Kind {

		TABLE("table"), PARTITIONED("partitioned table"), VIEW("view"), MATERIALIZED_VIEW("materialized view"),
		FOREIGN_TABLE("foreign table");

		private final String word;

		Kind(String word) {
			this.word = word;
		}

		static Kind of(String relkind) {
			return switch (relkind) {
				case "p" -> PARTITIONED;
				case "v" -> VIEW;
				case "m" -> MATERIALIZED_VIEW;
				case "f" -> FOREIGN_TABLE;
				default -> TABLE;
			};
		}

		boolean isTable() {
			return this == TABLE || this == PARTITIONED;
		}

		@Override
		public String toString() {
			return this.word;
		}

	}

	/**
	 * What {@code pg_class.relpersistence} says.
	 */
	enum Persistence {

		PERMANENT, UNLOGGED, TEMPORARY;

		static Persistence of(String relpersistence) {
			return switch (relpersistence) {
				case "u" -> UNLOGGED;
				case "t" -> TEMPORARY;
				default -> PERMANENT;
			};
		}

	}

	/**
	 * A table whose rows are rows of the relation.
	 */
	record Member(long oid, TableName name, Kind kind, Persistence persistence, ReplicaIdentity identity) {

	}

	/**
	 * A primary key.
	 *
	 * @param constraint the name of the constraint
	 * @param deferrable whether two rows may have the same key inside a transaction
	 */
	record PrimaryKey(String constraint, boolean deferrable) {

	}

	/**
	 * A generated column that the stream can't carry.
	 */
	record UnpublishedColumn(String name, boolean virtual, boolean key) {

	}

	/**
	 * What our role may do with the relation.
	 *
	 * @param owner the role that owns it
	 * @param owned whether we are, or are a member of, that role
	 * @param schemaUsage whether we may use its schema
	 * @param select whether we may read it
	 * @param rowSecurity whether row-level security applies to us
	 * @param rowSecurityForced whether it applies even to the owner
	 */
	record Access(String owner, boolean owned, boolean schemaUsage, boolean select, boolean rowSecurity,
			boolean rowSecurityForced) {

	}

}
