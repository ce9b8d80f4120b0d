package io.kalam.boot;

import io.kalam.catalog.TableReference;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.metamodel.mapping.AttributeMapping;
import org.hibernate.metamodel.mapping.BasicValuedModelPart;
import org.hibernate.metamodel.mapping.EntityMappingType;
import org.hibernate.metamodel.mapping.ModelPart;
import org.hibernate.persister.entity.EntityPersister;
import org.jspecify.annotations.Nullable;

/**
 * The names of JPA as Hibernate maps them: its naming strategies, {@code @Table} and
 * {@code @Column}.
 */
final class JpaEntityNames implements EntityNames {

	private final SessionFactoryImplementor sessions;

	JpaEntityNames(SessionFactoryImplementor sessions) {
		this.sessions = sessions;
	}

	@Override
	public @Nullable Entity find(Class<?> type) {
		EntityPersister persister = this.sessions.getMappingMetamodel().findEntityDescriptor(type);
		return (persister != null) ? new JpaEntity(persister) : null;
	}

	private record JpaEntity(EntityMappingType entity) implements Entity {

		@Override
		public TableReference table() {
			return RealtimeTableScanner.reference(this.entity.getMappedTableDetails().getTableName());
		}

		@Override
		public String column(String property) {
			AttributeMapping attribute = this.entity.findAttributeMapping(property);
			return (attribute != null && attribute.getJdbcTypeCount() == 1)
					? attribute.getSelectable(0).getSelectionExpression().replace("\"", "") : property;
		}

		@Override
		public @Nullable String valueColumn(String property) {
			ModelPart part = this.entity.findSubPart(property, this.entity);
			return (part instanceof BasicValuedModelPart value) ? value.getSelectionExpression().replace("\"", "")
					: null;
		}

	}

}
