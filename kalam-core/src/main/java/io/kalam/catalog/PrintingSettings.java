package io.kalam.catalog;

import java.util.List;
import java.util.Map;

/**
 * The settings by which Postgres prints values for us. They are the same wherever a value
 * is read, by the stream, by a snapshot or for a single row: so it is the same bytes.
 */
public final class PrintingSettings {

	/**
	 * The settings, by name.
	 */
	public static final Map<String, String> VALUES = Map.of("TimeZone", "UTC", "DateStyle", "ISO,YMD", "IntervalStyle",
			"iso_8601", "extra_float_digits", "1", "bytea_output", "hex", "search_path", "pg_catalog");

	private PrintingSettings() {
	}

	/**
	 * The statements that give a session these settings.
	 * @return the statements, to be executed in any order
	 */
	public static List<String> ofSession() {
		return statements("SET");
	}

	/**
	 * The statements that give a transaction these settings.
	 * @return the statements, to be executed in any order
	 */
	public static List<String> ofTransaction() {
		return statements("SET LOCAL");
	}

	private static List<String> statements(String set) {
		return VALUES.entrySet()
			.stream()
			.map((setting) -> set + " " + setting.getKey() + " = '" + setting.getValue() + "'")
			.toList();
	}

}
