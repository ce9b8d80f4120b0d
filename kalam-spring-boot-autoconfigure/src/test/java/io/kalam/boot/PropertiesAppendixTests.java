package io.kalam.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.ClassUtils;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The appendix of the manual is what the compiler wrote down of the properties. With
 * {@code -Dkalam.docs.write=true} it is written anew.
 */
class PropertiesAppendixTests {

	private static final String HOW = "./mvnw -pl kalam-spring-boot-autoconfigure -am test "
			+ "-Dtest=PropertiesAppendixTests -Dsurefire.failIfNoSpecifiedTests=false -Dkalam.docs.write=true";

	private static final String HEAD = """
			# Appendix: all properties

			What the configuration metadata say, which IDEs show; [Configuration](configuration.md) explains it. This page is
			written by a test, not by hand:

			```sh
			%s
			```

			| property | type | default | |
			|---|---|---|---|
			"""
		.formatted(HOW);

	private static final Map<Class<?>, String> TYPES = Map.of(Boolean.class, "boolean", Integer.class, "integer",
			Long.class, "integer", String.class, "text", Duration.class, "duration", DataSize.class, "size");

	@Test
	void theAppendixIsThatOfTheMetadata() throws IOException {
		String page = HEAD + rows();
		Path file = root().resolve("src/docs/properties.md");
		if (Boolean.getBoolean("kalam.docs.write")) {
			Files.writeString(file, page);
		}
		assertThat(file).as("Write it anew: " + HOW).hasContent(page);
	}

	private static String rows() throws IOException {
		Map<String, String> rows = new TreeMap<>();
		for (URL url : metadata()) {
			try (InputStream stream = url.openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					String name = property.path("name").asString("");
					if (name.startsWith("kalam.")) {
						rows.put(name, row(name, property));
					}
				}
			}
		}
		assertThat(rows).hasSizeGreaterThan(50);
		return String.join("", rows.values());
	}

	private static List<URL> metadata() throws IOException {
		return Collections
			.list(KalamProperties.class.getClassLoader().getResources("META-INF/spring-configuration-metadata.json"));
	}

	private static String row(String name, JsonNode property) {
		String description = property.path("description").asString("");
		assertThat(description).as("description of " + name).isNotBlank();
		JsonNode value = property.path("defaultValue");
		String standard = value.isMissingNode() ? "" : "`" + value.asString("") + "`";
		return "| `%s` | %s | %s | %s |\n".formatted(name, type(property.path("type").asString("")), standard,
				description.replace("|", "\\|").strip());
	}

	private static String type(String name) {
		String raw = name.replaceAll("<.*", "");
		if (raw.equals(List.class.getName()) || raw.equals(Map.class.getName())) {
			return raw.equals(List.class.getName()) ? "list" : "map";
		}
		Class<?> type = ClassUtils.resolveClassName(raw, null);
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants())
				.map((constant) -> "`" + constant.toString().toLowerCase(Locale.ROOT).replace('_', '-') + "`")
				.collect(Collectors.joining(" or "));
		}
		assertThat(TYPES).as("a word for " + name).containsKey(type);
		return TYPES.get(type);
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

}
