package io.kalam.typescript;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import io.kalam.catalog.Column;
import io.kalam.catalog.ColumnType;
import io.kalam.catalog.Table;
import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * Declares the rows of the realtime tables for a front end in TypeScript: an interface
 * for each table, with what the wire carries of its columns, and which of them
 * {@code kalam.table(name)} gives.
 */
public final class TypeScriptDeclarations {

	private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_$]*");

	private static final Pattern PROPERTY = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");

	private static final String ARRAY = "KalamArray<";

	private static final String HEAD = """
			/**
			 * The rows of the realtime tables, as kalam-client gives them. Written by Kalam from what the server serves: what
			 * you change here is overwritten.
			 */

			declare module "kalam-client/tables" {
				interface KalamTables {
			%s	}
			}
			""";

	private static final String ARRAYS = """

			/** An array of Postgres, which may have nulls in it, and any number of dimensions. */
			export type KalamArray<T> = readonly (T | null | KalamArray<T>)[];
			""";

	private final RealtimeTables tables;

	/**
	 * Declares the tables as they are when it is asked.
	 * @param tables the realtime tables
	 */
	public TypeScriptDeclarations(RealtimeTables tables) {
		this.tables = tables;
	}

	/**
	 * Whether it is known which tables there are.
	 * @return false as long as the database was not looked at
	 */
	public boolean isKnown() {
		return this.tables.isKnown();
	}

	/**
	 * Writes the declarations of all tables, in the order of their names, those that are
	 * out of service included.
	 * @return a module of TypeScript; the same as long as the tables are the same
	 * @throws IllegalStateException if it is not known yet which tables there are
	 */
	public String write() {
		Assert.state(isKnown(), "The database has not been looked at yet");
		List<LiveTable> all = this.tables.all();
		InterfaceNames names = new InterfaceNames(all);
		String body = all.stream().map((table) -> declaration(table, names.of(table))).collect(Collectors.joining());
		String entries = all.stream().map((table) -> entries(table, names.of(table))).collect(Collectors.joining());
		return HEAD.formatted(entries) + (body.contains(ARRAY) ? ARRAYS : "")
				+ (body.isEmpty() ? "\nexport {};\n" : body);
	}

	/**
	 * Only names that need no quotes: {@code table()} takes no others.
	 */
	private String entries(LiveTable table, String type) {
		TableName name = table.name();
		if (!PLAIN.matcher(name.schema()).matches() || !PLAIN.matcher(name.name()).matches()) {
			return "";
		}
		String qualified = "\t\t\"" + name + "\": " + type + ";\n";
		LiveTable meant = this.tables.resolve(null, name.name());
		return (meant != null && meant.name().equals(name)) ? qualified + "\t\t" + name.name() + ": " + type + ";\n"
				: qualified;
	}

	private static String declaration(LiveTable live, String type) {
		Table table = live.rowType().table();
		String key = table.key().stream().map(Column::name).collect(Collectors.joining(", "));
		StringBuilder out = new StringBuilder();
		out.append("\n/** ").append(comment(table.name() + ", by " + key)).append(" */\n");
		out.append("export interface ").append(type).append(" {\n");
		table.columns().forEach((column) -> out.append(property(live, column)));
		return out.append("}\n").toString();
	}

	private static String property(LiveTable table, Column column) {
		String type = table.rowType().codec(column).typeScriptType();
		boolean nullable = column.nullable() && !type.equals("unknown");
		return "\t/** " + comment(postgresType(column.type())) + " */\n\treadonly " + property(column.name()) + ": "
				+ type + (nullable ? " | null" : "") + ";\n";
	}

	private static String property(String column) {
		return PROPERTY.matcher(column).matches() ? column : JsonMapper.shared().writeValueAsString(column);
	}

	private static String postgresType(ColumnType type) {
		if (type.kind() == ColumnType.Kind.ARRAY && type.base() != null) {
			return postgresType(type.base()) + "[]";
		}
		return type.schema().equals("pg_catalog") ? type.name() : type.schema() + '.' + type.name();
	}

	private static String comment(String text) {
		return text.replaceAll("\\R", " ").replace("*/", "*\\/");
	}

}
