package io.kalam.capture.debezium;

import java.util.Map;
import java.util.TreeMap;

/**
 * Properties of Debezium were set on which the guarantees rest. The message names the
 * keys, never the values.
 */
public final class ReservedPropertiesException extends IllegalArgumentException {

	private final Map<String, String> instead;

	ReservedPropertiesException(Map<String, String> instead) {
		super("Kalam's guarantees rest on these properties of Debezium, which can't be set: "
				+ String.join(", ", new TreeMap<>(instead).keySet()));
		this.instead = Map.copyOf(instead);
	}

	/**
	 * What to do instead.
	 * @return the remedy by Debezium's key
	 */
	public Map<String, String> instead() {
		return this.instead;
	}

}
