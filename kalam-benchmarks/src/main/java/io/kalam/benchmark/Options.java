package io.kalam.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What may be chosen for a run: numbers by name.
 */
final class Options {

	private final Map<String, Integer> values;

	private Options(Map<String, Integer> values) {
		this.values = values;
	}

	/**
	 * Reads the arguments of a main method.
	 * @param defaults the options that there are
	 * @param arguments {@code name=number} each
	 * @return the options
	 * @throws IllegalArgumentException if there is no such option; names those that there
	 * are
	 */
	static Options of(Map<String, Integer> defaults, String... arguments) {
		Map<String, Integer> values = new LinkedHashMap<>(defaults);
		for (String argument : arguments) {
			String[] parts = argument.split("=", 2);
			if (parts.length != 2 || !defaults.containsKey(parts[0]) || !parts[1].matches("[1-9][0-9]{0,8}")) {
				throw new IllegalArgumentException(
						"\"%s\" is no option. Write name=number, where the names and their defaults are %s"
							.formatted(argument, defaults));
			}
			values.put(parts[0], Integer.valueOf(parts[1]));
		}
		return new Options(values);
	}

	int get(String name) {
		Integer value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("There is no option " + name);
		}
		return value;
	}

	@Override
	public String toString() {
		return this.values.toString();
	}

}
