package io.kalam.operations;

import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import io.kalam.catalog.Column;
import io.kalam.query.LiveQuery;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Finds out how rows become objects of a class.
 */
final class RowReaders {

	private final EntityMapping mapping;

	RowReaders(EntityMapping mapping) {
		this.mapping = mapping;
	}

	/**
	 * Reads the rows of a query.
	 * @param type what they become
	 * @param query the query
	 * @return a reader
	 * @throws RowConversionException if a property can have no value
	 */
	<T> RowReader<T> reader(Class<T> type, LiveQuery query) {
		Set<String> columns = query.projection().columns().stream().map(Column::name).collect(Collectors.toSet());
		ColumnNaming naming = new ColumnNaming(this.mapping, type, columns);
		if (type.isRecord() && this.mapping.table(type) == null) {
			for (RecordComponent component : type.getRecordComponents()) {
				check(type, component.getName(), naming, columns);
			}
		}
		return new RowReader<>(mapper(naming), type, query, naming);
	}

	private static void check(Class<?> type, String property, ColumnNaming naming, Set<String> columns) {
		String column = naming.column(property);
		if (!columns.contains(column)) {
			throw new RowConversionException(
					"The query has no column for the property %s of %s: SELECT %s too, or leave the property out"
						.formatted(property, type.getName(), column));
		}
	}

	/**
	 * Reads and writes objects of a class by the names of columns.
	 */
	static JsonMapper mapper(ColumnNaming naming) {
		return JsonMapper.builder()
			.annotationIntrospector(new EntityIntrospector())
			.propertyNamingStrategy(naming)
			.changeDefaultVisibility((visibility) -> visibility.withFieldVisibility(Visibility.ANY)
				.withGetterVisibility(Visibility.NONE)
				.withIsGetterVisibility(Visibility.NONE)
				.withSetterVisibility(Visibility.NONE))
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.addModule(new SimpleModule().addDeserializer(String.class, new TextDeserializer()))
			.build();
	}

	/**
	 * What is no text, JSON above all, is the text that it is written as.
	 */
	private static final class TextDeserializer extends StdScalarDeserializer<String> {

		TextDeserializer() {
			super(String.class);
		}

		@Override
		public String deserialize(JsonParser parser, DeserializationContext context) {
			if (parser.currentToken().isStructStart()) {
				return context.readTree(parser).toString();
			}
			return StringDeserializer.instance.deserialize(parser, context);
		}

	}

}
