package io.kalam.boot.test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The Java of the manual's page is that of a test that runs.
 */
class TestingPageTests {

	private static final String SOURCE = "kalam-spring-boot-test/src/test/java/io/kalam/boot/test/desk/TicketRealtimeIntegrationTests.java";

	@Test
	void everyStatementOfEachSnippetIsInATestInThatOrder() throws IOException {
		List<String> source = statements(Files.readString(root().resolve(SOURCE)));
		List<String> snippets = snippets(Files.readString(root().resolve("src/docs/testing.md")));
		List<String> tests = snippets.stream().filter((snippet) -> snippet.contains("assertThat")).toList();
		assertThat(tests).hasSize(6);
		for (String test : tests) {
			assertThat(source).as(test).containsSubsequence(statements(test));
		}
	}

	private static List<String> statements(String text) {
		return List
			.of(text.replace("this.", "").replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("\\s+", "").split("(?<=[;{}])"));
	}

	private static List<String> snippets(String page) {
		List<String> snippets = new ArrayList<>();
		StringBuilder current = null;
		for (String line : page.lines().toList()) {
			if (line.startsWith("```java")) {
				current = new StringBuilder();
			}
			else if (line.startsWith("```") && current != null) {
				snippets.add(current.toString());
				current = null;
			}
			else if (current != null) {
				current.append(line).append('\n');
			}
		}
		return snippets;
	}

	private static Path root() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.exists(directory.resolve("mvnw"))) {
			directory = directory.getParent();
		}
		return directory;
	}

}
