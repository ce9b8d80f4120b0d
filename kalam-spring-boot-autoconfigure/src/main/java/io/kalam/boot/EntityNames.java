package io.kalam.boot;

import io.kalam.catalog.TableReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows under which names a mapping framework stores entities.
 */
@FunctionalInterface
interface EntityNames {

	/**
	 * Finds an entity.
	 * @param type its class
	 * @return the entity, or {@code null} if the framework does not map the class
	 */
	@Nullable Entity find(Class<?> type);

	/**
	 * An entity's names in the database.
	 */
	interface Entity {

		/**
		 * Its table.
		 * @return the table, as the framework names it
		 */
		TableReference table();

		/**
		 * The column of a property.
		 * @param property the property, or else the column
		 * @return the column; what was given if there is no such property
		 */
		String column(String property);

		/**
		 * The column that holds the value of a property.
		 * @param property the property
		 * @return the column, {@code null} if there is no such property, or its value is
		 * another entity or made of several columns
		 */
		@Nullable String valueColumn(String property);

	}

}
