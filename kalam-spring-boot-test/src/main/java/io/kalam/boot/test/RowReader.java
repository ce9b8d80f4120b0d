package io.kalam.boot.test;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyName;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;

/**
 * Reads rows as entities: columns by {@code @Column}, or by the property's name with
 * underscores.
 */
final class RowReader {

	static final JsonMapper MAPPER = JsonMapper.builder()
		.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
		.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.changeDefaultVisibility(
				(checker) -> checker.withVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY))
		.annotationIntrospector(new ColumnNames())
		.build();

	private RowReader() {
	}

	static <T> T read(RealtimeTestRow row, Class<T> type) {
		return (type == RealtimeTestRow.class) ? type.cast(row) : MAPPER.convertValue(row.json(), type);
	}

	private static final class ColumnNames extends JacksonAnnotationIntrospector {

		private static final String SPRING_DATA = "org.springframework.data.relational.core.mapping.Column";

		private static final String JPA = "jakarta.persistence.Column";

		@Override
		public @Nullable PropertyName findNameForDeserialization(MapperConfig<?> config, Annotated annotated) {
			String column = (annotated.getAnnotated() != null)
					? column(MergedAnnotations.from(annotated.getAnnotated())) : "";
			return column.isEmpty() ? super.findNameForDeserialization(config, annotated)
					: PropertyName.construct(column);
		}

		private static String column(MergedAnnotations annotations) {
			MergedAnnotation<?> springData = annotations.get(SPRING_DATA);
			if (springData.isPresent()) {
				return springData.getString(MergedAnnotation.VALUE);
			}
			MergedAnnotation<?> jpa = annotations.get(JPA);
			return jpa.isPresent() ? jpa.getString("name") : "";
		}

	}

}
