package io.kalam.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A page of a Spring Boot application imports {@code /kalam/kalam.js}: that and all that
 * it imports lies in the jar.
 */
class ClientResourcesTests {

	private static final Pattern IMPORT = Pattern.compile("(?:from|import)\\s*\\(?\"\\./([a-z-]+\\.js)\"");

	@Test
	void everyModuleThatThePageLoadsIsInTheJar() throws IOException {
		Set<String> seen = new HashSet<>();
		Deque<String> next = new ArrayDeque<>(Set.of("kalam.js", "presence.js"));
		while (!next.isEmpty()) {
			String name = next.remove();
			if (seen.add(name)) {
				Matcher matcher = IMPORT.matcher(read(name));
				while (matcher.find()) {
					next.add(matcher.group(1));
				}
			}
		}
		assertThat(seen).contains("client.js", "socket.js", "subscription.js", "tabs.js", "cache.js", "storage.js",
				"events.js");
	}

	private static String read(String name) throws IOException {
		String path = "/META-INF/resources/kalam/" + name;
		try (InputStream module = Objects.requireNonNull(ClientResourcesTests.class.getResourceAsStream(path), path)) {
			return new String(module.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
