package io.kalam.boot;

import io.kalam.catalog.TableReference;
import io.kalam.operations.EntityMapping;
import org.jspecify.annotations.Nullable;

/**
 * How classes are stored, as those say who map them.
 */
final class NamedEntities implements EntityMapping {

	private final RealtimeTableScanner scanner;

	NamedEntities(RealtimeTableScanner scanner) {
		this.scanner = scanner;
	}

	@Override
	public @Nullable TableReference table(Class<?> type) {
		EntityNames.Entity entity = this.scanner.find(type);
		return (entity != null) ? entity.table() : null;
	}

	@Override
	public @Nullable String column(Class<?> type, String property) {
		EntityNames.Entity entity = this.scanner.find(type);
		return (entity != null) ? entity.valueColumn(property) : null;
	}

}
