package io.kalam.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;

/**
 * The properties that there are: what the configuration metadata on the class path say.
 */
final class ConfigurationMetadata {

	private final Map<String, String> properties = new TreeMap<>();

	private final Map<String, String> groups = new HashMap<>();

	ConfigurationMetadata() {
		read("META-INF/spring-configuration-metadata.json");
		read("META-INF/additional-spring-configuration-metadata.json");
	}

	private void read(String name) {
		try {
			Enumeration<URL> found = getClass().getClassLoader().getResources(name);
			while (found.hasMoreElements()) {
				try (InputStream stream = found.nextElement().openStream()) {
					add(JsonMapper.shared().readTree(stream));
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void add(JsonNode metadata) {
		for (JsonNode property : metadata.path("properties")) {
			this.properties.put(property.path("name").asString(), property.path("type").asString("java.lang.String"));
		}
		for (JsonNode group : metadata.path("groups")) {
			if (!group.has("sourceMethod") && group.path("type").equals(group.path("sourceType"))) {
				this.groups.put(group.path("name").asString(), group.path("type").asString());
			}
		}
	}

	/**
	 * The type of a property, or that of the map that it is a value of.
	 * @return the type's name without its arguments, {@code null} if there is no such
	 * property
	 */
	String type(String name) {
		ConfigurationPropertyName wanted = ConfigurationPropertyName.adapt(name, '.');
		for (Map.Entry<String, String> property : this.properties.entrySet()) {
			ConfigurationPropertyName known = ConfigurationPropertyName.of(property.getKey());
			String type = raw(property.getValue());
			if (known.equals(wanted)) {
				return type;
			}
			if (known.isAncestorOf(wanted) && (type.equals("java.util.Map") || wanted.isLastElementIndexed())) {
				return "java.lang.String";
			}
		}
		return null;
	}

	private static String raw(String type) {
		int arguments = type.indexOf('<');
		return (arguments < 0) ? type : type.substring(0, arguments);
	}

	/**
	 * Whether there is a property of a name, or one below it.
	 */
	boolean knows(String name) {
		return this.properties.keySet().stream().anyMatch((known) -> known.equals(name) || known.startsWith(name + "."))
				|| type(name) != null;
	}

	/**
	 * The classes that properties are bound to, by prefix.
	 */
	Map<String, String> groups() {
		return this.groups;
	}

}
