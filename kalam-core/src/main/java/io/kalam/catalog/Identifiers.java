package io.kalam.catalog;

import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Names as they stand in SQL that a person is going to read: quoted only where Postgres
 * needs it. Folded as Postgres folds a name that is not quoted: ASCII letters alone.
 */
final class Identifiers {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

	/**
	 * The words that Postgres's {@code quote_ident} quotes, those of all versions up to
	 * 18.
	 */
	private static final Set<String> KEYWORDS = Set.of("""
			all analyse analyze and any array as asc asymmetric authorization between bigint binary bit boolean both
			case cast char character check coalesce collate collation column concurrently constraint create cross
			current_catalog current_date current_role current_schema current_time current_timestamp current_user dec
			decimal default deferrable desc distinct do else end except exists extract false fetch float for foreign
			freeze from full grant greatest group grouping having ilike in initially inner inout int integer
			intersect interval into is isnull join json json_array json_arrayagg json_exists json_object
			json_objectagg json_query json_scalar json_serialize json_table json_value lateral leading least left
			like limit localtime localtimestamp merge_action national natural nchar none normalize not notnull null
			nullif numeric offset on only or order out outer overlaps overlay placing position precision primary
			real references returning right row select session_user setof similar smallint some substring symmetric
			system_user table tablesample then time timestamp to trailing treat trim true union unique user using
			values varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement xmlexists
			xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
			""".split("\\s+"));

	private Identifiers() {
	}

	static String fold(String name) {
		return name.chars()
			.map((c) -> (c >= 'A' && c <= 'Z') ? c + ('a' - 'A') : c)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
	}

	static String sql(String name) {
		return (PLAIN.matcher(name).matches() && !KEYWORDS.contains(name)) ? name : TableName.quote(name);
	}

	static String sql(TableName table) {
		return sql(table.schema()) + '.' + sql(table.name());
	}

	static String sql(Collection<String> names) {
		return names.stream().map(Identifiers::sql).collect(Collectors.joining(", "));
	}

	static String tables(Stream<TableName> tables) {
		return tables.map(Identifiers::sql).collect(Collectors.joining(", "));
	}

	/**
	 * A string, whatever {@code standard_conforming_strings} is.
	 */
	static String literal(String text) {
		String quoted = '\'' + text.replace("'", "''") + '\'';
		return text.contains("\\") ? "E" + quoted.replace("\\", "\\\\") : quoted;
	}

}
