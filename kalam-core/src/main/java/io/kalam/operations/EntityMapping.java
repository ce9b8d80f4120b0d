package io.kalam.operations;

import io.kalam.catalog.TableReference;
import org.jspecify.annotations.Nullable;

/**
 * Knows how the application's classes are stored. May be used by any thread.
 */
public interface EntityMapping {

	/**
	 * Of applications whose classes nobody maps.
	 */
	EntityMapping NONE = new EntityMapping() {

		@Override
		public @Nullable TableReference table(Class<?> type) {
			return null;
		}

		@Override
		public @Nullable String column(Class<?> type, String property) {
			return null;
		}

	};

	/**
	 * The table of an entity.
	 * @param type a class
	 * @return its table, {@code null} if the class is no entity
	 */
	@Nullable TableReference table(Class<?> type);

	/**
	 * The column of an entity's property.
	 * @param type a class
	 * @param property one of its properties
	 * @return the column, {@code null} if the class is no entity, or the property is not
	 * one column
	 */
	@Nullable String column(Class<?> type, String property);

}
