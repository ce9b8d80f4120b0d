package io.kalam.typescript;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.kalam.catalog.TableName;
import io.kalam.partition.LiveTable;

import org.springframework.util.StringUtils;

/**
 * What the interfaces of tables are called: as the class that was annotated. Where two
 * classes have one name, and where it is no name of an interface, with the schema in
 * front.
 */
final class InterfaceNames {

	private static final Pattern IDENTIFIER = Pattern.compile("[\\p{L}_$][\\p{L}\\p{Nd}_$]*");

	private static final Set<String> TAKEN = Set.of("KalamArray", "KalamTables", "any", "bigint", "boolean", "never",
			"number", "object", "string", "symbol", "undefined", "unknown", "void", "await", "let", "static", "yield");

	private final Map<TableName, String> names = new HashMap<>();

	InterfaceNames(List<LiveTable> tables) {
		Map<String, Long> uses = tables.stream()
			.collect(Collectors.groupingBy(InterfaceNames::simple, Collectors.counting()));
		Predicate<LiveTable> plain = (table) -> uses.getOrDefault(simple(table), 0L) == 1 && isPossible(simple(table));
		tables.stream().filter(plain).forEach((table) -> this.names.put(table.name(), simple(table)));
		Set<String> taken = new HashSet<>(this.names.values());
		tables.stream()
			.filter(Predicate.not(plain))
			.forEach((table) -> this.names.put(table.name(), free(qualified(table), taken)));
	}

	String of(LiveTable table) {
		return this.names.getOrDefault(table.name(), "");
	}

	private static String simple(LiveTable table) {
		String origin = table.definition().table().origin();
		return origin.substring(Math.max(origin.lastIndexOf('.'), origin.lastIndexOf('$')) + 1);
	}

	private static boolean isPossible(String name) {
		return IDENTIFIER.matcher(name).matches() && !TAKEN.contains(name);
	}

	private static String qualified(LiveTable table) {
		String schema = joined(table.name().schema());
		String name = isPossible(simple(table)) ? simple(table) : joined(table.name().name());
		return isPossible(schema + name) ? schema + name : "Table" + schema + name;
	}

	private static String joined(String words) {
		return Stream.of(words.split("[^\\p{L}\\p{Nd}]+")).map(StringUtils::capitalize).collect(Collectors.joining());
	}

	private static String free(String name, Set<String> taken) {
		String free = name;
		for (int number = 2; !taken.add(free); number++) {
			free = name + number;
		}
		return free;
	}

}
