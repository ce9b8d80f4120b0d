package io.kalam.boot;

import java.util.List;

import io.kalam.catalog.TableReference;
import org.jspecify.annotations.Nullable;

import org.springframework.data.r2dbc.mapping.R2dbcMappingContext;
import org.springframework.data.relational.core.mapping.RelationalPersistentEntity;
import org.springframework.data.relational.core.mapping.RelationalPersistentProperty;
import org.springframework.data.relational.core.mapping.Table;
import org.springframework.data.relational.core.sql.SqlIdentifier;

/**
 * The names of Spring Data R2DBC: its naming strategy, {@code @Table} and
 * {@code @Column}. An entity is a class with {@code @Table}, or with Spring Data's
 * {@code @Id}.
 */
final class R2dbcEntityNames implements EntityNames {

	private final R2dbcMappingContext context;

	R2dbcEntityNames(R2dbcMappingContext context) {
		this.context = context;
	}

	@Override
	public @Nullable Entity find(Class<?> type) {
		RelationalPersistentEntity<?> entity = this.context.getPersistentEntity(type);
		boolean meant = entity != null && (entity.isAnnotationPresent(Table.class) || entity.hasIdProperty());
		return (entity != null && meant) ? new R2dbcEntity(entity) : null;
	}

	private record R2dbcEntity(RelationalPersistentEntity<?> entity) implements Entity {

		@Override
		public TableReference table() {
			List<String> parts = this.entity.getQualifiedTableName().stream().map(SqlIdentifier::getReference).toList();
			return (parts.size() == 1) ? new TableReference(null, parts.get(0))
					: new TableReference(parts.get(0), parts.get(1));
		}

		@Override
		public String column(String property) {
			RelationalPersistentProperty found = this.entity.getPersistentProperty(property);
			return (found != null) ? found.getColumnName().getReference() : property;
		}

		@Override
		public @Nullable String valueColumn(String property) {
			RelationalPersistentProperty found = this.entity.getPersistentProperty(property);
			return (found != null && !found.isEntity()) ? found.getColumnName().getReference() : null;
		}

	}

}
