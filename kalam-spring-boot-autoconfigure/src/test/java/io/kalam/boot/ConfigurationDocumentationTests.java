package io.kalam.boot;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page of the manual against what the compiler found.
 */
class ConfigurationDocumentationTests {

	/** These depend on the application unless set. */
	private static final String KALAM = KalamProperties.class.getPackageName() + ".Kalam";

	private static final Set<String> WITHOUT_DEFAULT = Set.of("kalam.postgres.host", "kalam.postgres.port",
			"kalam.postgres.database", "kalam.postgres.username", "kalam.postgres.password", "kalam.postgres.slot",
			"kalam.postgres.properties", "kalam.postgres.ssl.bundle", "kalam.postgres.replica-identity",
			"kalam.debezium.properties", "kalam.journal.type", "kalam.journal.max-size",
			"kalam.journal.resume-collapse-after", "kalam.security.roles", "kalam.security.tenant-claim",
			"kalam.types.enabled", "kalam.types.file", "kalam.websocket.allowed-origins");

	private static final List<JsonNode> PROPERTIES = new ArrayList<>();

	@BeforeAll
	static void readMetadata() throws IOException {
		String name = "META-INF/spring-configuration-metadata.json";
		Enumeration<URL> found = KalamProperties.class.getClassLoader().getResources(name);
		while (found.hasMoreElements()) {
			try (InputStream stream = found.nextElement().openStream()) {
				for (JsonNode property : JsonMapper.shared().readTree(stream).path("properties")) {
					if (property.path("sourceType").asString("").startsWith(KALAM)) {
						PROPERTIES.add(property);
					}
				}
			}
		}
		assertThat(PROPERTIES).hasSizeGreaterThan(30);
	}

	@Test
	void everyPropertyIsDescribed() {
		for (JsonNode property : PROPERTIES) {
			String name = property.path("name").asString();
			assertThat(property.path("type").asString("")).as(name).isNotEmpty();
			assertThat(property.path("description").asString("")).as(name).isNotEmpty();
			assertThat(property.has("defaultValue")).as("default of " + name)
				.isNotEqualTo(WITHOUT_DEFAULT.contains(name));
		}
	}

	@Test
	void thePageOfTheManualHasEveryProperty() throws IOException {
		String page = Files.readString(root().resolve("src/docs/configuration.md"));
		for (JsonNode property : PROPERTIES) {
			String name = property.path("name").asString();
			assertThat(page.lines()).as(name)
				.anyMatch((line) -> line.startsWith("| `" + name + "` |")
						&& line.contains(" | " + defaultOf(property) + " | "));
		}
	}

	@Test
	void thePageOfTheManualHasNoOtherProperty() throws IOException {
		List<String> names = PROPERTIES.stream().map((property) -> property.path("name").asString()).toList();
		assertThat(Files.readString(root().resolve("src/docs/configuration.md"))
			.lines()
			.filter((line) -> line.startsWith("| `kalam."))
			.map((line) -> line.substring(3, line.indexOf('`', 3)))).containsExactlyInAnyOrderElementsOf(names);
	}

	private static String defaultOf(JsonNode property) {
		JsonNode value = property.path("defaultValue");
		return value.isMissingNode() ? "" : "`" + value.asString("") + "`";
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

}
