package io.kalam.catalog;

import java.util.Set;

/**
 * Which columns of a table may be known outside of the database. The others are hidden:
 * they are dropped where changes are captured and never selected.
 */
public sealed interface ColumnChoice {

	/**
	 * Hides nothing.
	 */
	ColumnChoice ALL = new Except(Set.of());

	/**
	 * Whether a column may be known.
	 * @param column the column's name, as the catalog spells it
	 * @return false if it is hidden
	 */
	boolean admits(String column);

	/**
	 * The columns that the application has named.
	 * @return the names
	 */
	Set<String> names();

	/**
	 * The columns that are named, and none that is added later.
	 *
	 * @param names the columns
	 */
	record Only(Set<String> names) implements ColumnChoice {

		public Only {
			names = Set.copyOf(names);
		}

		@Override
		public boolean admits(String column) {
			return this.names.contains(column);
		}

	}

	/**
	 * All columns but those that are named; also those that are added later.
	 *
	 * @param names the hidden columns
	 */
	record Except(Set<String> names) implements ColumnChoice {

		public Except {
			names = Set.copyOf(names);
		}

		@Override
		public boolean admits(String column) {
			return !this.names.contains(column);
		}

	}

}
