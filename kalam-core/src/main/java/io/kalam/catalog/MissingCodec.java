package io.kalam.catalog;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is said about a column whose values nobody knows how to tell.
 */
final class MissingCodec {

	private MissingCodec() {
	}

	/**
	 * A finding.
	 * @param table the table, for a message
	 * @param column the column
	 * @param choice which columns of the table are not hidden
	 * @return the finding, with the ways out
	 */
	static Finding of(String table, Column column, ColumnChoice choice) {
		String type = Identifiers.sql(new TableName(column.type().schema(), column.type().name()));
		return new Finding(
				"Column " + Identifiers.sql(column.name()) + " of table " + table + " has type " + type
						+ ", which has no codec: it is not known how its values look as JSON.",
				hide(column.name(), choice) + " Or register a codec, this one for the text that Postgres prints:\n"
						+ bean(column.type()));
	}

	private static String hide(String column, ColumnChoice choice) {
		if (choice instanceof ColumnChoice.Only) {
			return "Hide the column: leave it out of @RealtimeTable(columns = …).";
		}
		String excluded = Stream.concat(choice.names().stream().sorted(), Stream.of(column))
			.collect(Collectors.joining("\", \"", "\"", "\""));
		return "Hide the column: @RealtimeTable(exclude = "
				+ (choice.names().isEmpty() ? excluded : "{ " + excluded + " }") + ").";
	}

	private static String bean(ColumnType type) {
		ColumnType element = type;
		while (element.kind() == ColumnType.Kind.ARRAY && element.base() != null) {
			element = element.base();
		}
		return """

				    @Bean
				    RealtimeTypeCodec %sCodec() {
				        return RealtimeTypeCodec.text("%s.%s");
				    }
				""".formatted(identifier(element.name()), element.schema(), element.name());
	}

	/**
	 * A name that Java takes for the beginning of a method's.
	 */
	private static String identifier(String name) {
		StringBuilder identifier = new StringBuilder();
		name.codePoints().filter(Character::isJavaIdentifierPart).forEach(identifier::appendCodePoint);
		boolean begins = !identifier.isEmpty() && Character.isJavaIdentifierStart(identifier.codePointAt(0));
		return begins ? identifier.toString() : "type" + identifier;
	}

}
