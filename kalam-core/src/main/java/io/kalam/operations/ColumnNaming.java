package io.kalam.operations;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import tools.jackson.databind.PropertyNamingStrategy;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedField;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedMethod;
import tools.jackson.databind.introspect.AnnotatedParameter;

import org.springframework.util.ReflectionUtils;

/**
 * Finds the columns of a class's properties: as its mapping names them, else by the
 * property's name, else by the same in snake_case.
 */
final class ColumnNaming extends PropertyNamingStrategy {

	private final transient EntityMapping mapping;

	private final Class<?> type;

	private final transient Set<String> columns;

	private final transient Map<String, String> properties = new ConcurrentHashMap<>();

	/**
	 * The names for one class.
	 * @param mapping how classes are stored
	 * @param type the class
	 * @param columns the columns that there are
	 */
	ColumnNaming(EntityMapping mapping, Class<?> type, Set<String> columns) {
		this.mapping = mapping;
		this.type = type;
		this.columns = columns;
	}

	/**
	 * The column of a property.
	 */
	String column(String property) {
		String mapped = this.mapping.column(this.type, property);
		String column = (mapped != null) ? mapped : guess(property);
		this.properties.put(column, property);
		return column;
	}

	private String guess(String property) {
		String snake = snakeCase(property);
		return (!this.columns.contains(property) && this.columns.contains(snake)) ? snake : property;
	}

	private static String snakeCase(String property) {
		return property.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
	}

	/**
	 * The property of a column.
	 */
	String property(String column) {
		return this.properties.getOrDefault(column, column);
	}

	/**
	 * The property of a column with its type, as far as it is known.
	 */
	String describe(String column) {
		String property = property(column);
		Field field = ReflectionUtils.findField(this.type, property);
		return (field != null) ? property + " (" + field.getType().getSimpleName() + ")" : property;
	}

	@Override
	public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
		return name(field, name);
	}

	@Override
	public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
		return name(method, name);
	}

	@Override
	public String nameForSetterMethod(MapperConfig<?> config, AnnotatedMethod method, String name) {
		return name(method, name);
	}

	@Override
	public String nameForConstructorParameter(MapperConfig<?> config, AnnotatedParameter parameter, String name) {
		return name(parameter, name);
	}

	/**
	 * Only the class itself is a row; what its properties consist of has names of its
	 * own.
	 */
	private String name(AnnotatedMember member, String name) {
		return member.getDeclaringClass().isAssignableFrom(this.type) ? column(name) : name;
	}

}
