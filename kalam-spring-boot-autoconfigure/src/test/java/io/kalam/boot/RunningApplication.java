package io.kalam.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * A whole application on a port of its own, whose database is somewhere.
 */
final class RunningApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private RunningApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	static PostgresSettings settings(EmbeddedPostgresServer server) {
		return new PostgresSettings(server.host(), server.port(), server.database(), server.user(), server.password(),
				Map.of());
	}

	static RunningApplication start(PostgresSettings postgres, String... properties) {
		return new RunningApplication(new SpringApplicationBuilder(LiveApplication.class, Kalam.class)
			.properties(properties(postgres, properties).toArray(String[]::new))
			.run());
	}

	static List<String> properties(PostgresSettings postgres, String... properties) {
		List<String> all = new ArrayList<>(List.of("kalam.journal.directory=" + newDirectory()));
		all.addAll(List.of(properties));
		all.addAll(List.of("server.port=0", "kalam.websocket.auth-timeout=30s",
				"kalam.postgres.host=" + postgres.host(), "kalam.postgres.port=" + postgres.port(),
				"kalam.postgres.database=" + postgres.database(), "kalam.postgres.username=" + postgres.user(),
				"kalam.postgres.password=" + postgres.password()));
		return all;
	}

	/**
	 * Makes a directory for a journal, which no other application has.
	 */
	static Path newDirectory() {
		try {
			return Files.createTempDirectory(Path.of("target"), "journal");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	URI socket() {
		return socket(this.context);
	}

	static URI socket(ConfigurableApplicationContext context) {
		return URI.create("ws://localhost:" + context.getEnvironment().getProperty("local.server.port") + "/v1/ws");
	}

	Health health() {
		return this.context.getBean("kalamHealthIndicator", HealthIndicator.class).health();
	}

	String status() {
		return health().getStatus().getCode();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KalamConnectionAutoConfiguration.class, KalamEntityAutoConfiguration.class,
			KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class, KalamHealthAutoConfiguration.class })
	static class Kalam {

	}

}
