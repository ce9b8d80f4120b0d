package io.kalam.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.boot.actuate.KalamEndpointAutoConfiguration;
import io.kalam.boot.live.LiveApplication;
import io.kalam.boot.metrics.KalamMetricsAutoConfiguration;
import io.kalam.catalog.PostgresSettings;
import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementContextAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsEndpointAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.webflux.autoconfigure.actuate.endpoint.web.WebFluxHealthEndpointExtensionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

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
		return start(Kalam.class, postgres, properties);
	}

	/**
	 * Starts with the actuator, all of whose endpoints of which there are are exposed.
	 */
	static RunningApplication startOperated(PostgresSettings postgres, String... properties) {
		return start(Operated.class, postgres, properties);
	}

	/**
	 * The same with more beans.
	 */
	static RunningApplication startOperatedWith(Class<?> more, PostgresSettings postgres, String... properties) {
		return new RunningApplication(new SpringApplicationBuilder(LiveApplication.class, Operated.class, more)
			.properties(properties(postgres, properties).toArray(String[]::new))
			.run());
	}

	private static RunningApplication start(Class<?> configuration, PostgresSettings postgres, String... properties) {
		return new RunningApplication(new SpringApplicationBuilder(LiveApplication.class, configuration)
			.properties(properties(postgres, properties).toArray(String[]::new))
			.run());
	}

	static List<String> properties(PostgresSettings postgres, String... properties) {
		List<String> all = new ArrayList<>(
				List.of("kalam.journal.directory=" + newDirectory(), "kalam.websocket.auth-timeout=30s"));
		all.addAll(List.of(properties));
		all.addAll(List.of("server.port=0", "kalam.postgres.host=" + postgres.host(),
				"kalam.postgres.port=" + postgres.port(), "kalam.postgres.database=" + postgres.database(),
				"kalam.postgres.username=" + postgres.user(), "kalam.postgres.password=" + postgres.password()));
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

	/**
	 * What the application answers.
	 */
	HttpAnswer get(String path) {
		return HttpAnswer.to(HttpRequest.newBuilder(http(path)).GET());
	}

	/**
	 * What the application answers to a user.
	 */
	HttpAnswer get(String path, String token) {
		return HttpAnswer.to(HttpRequest.newBuilder(http(path)).header("Authorization", "Bearer " + token).GET());
	}

	/**
	 * What the application answers to a body in JSON.
	 */
	HttpAnswer post(String path, String body) {
		return HttpAnswer.to(HttpRequest.newBuilder(http(path))
			.header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	private URI http(String path) {
		return URI.create("http://localhost:" + this.context.getEnvironment().getProperty("local.server.port") + path);
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	<T> T bean(String name, Class<T> type) {
		return this.context.getBean(name, type);
	}

	/**
	 * Ends it before its time.
	 */
	void stop() {
		this.context.close();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ KalamConnectionAutoConfiguration.class, KalamEntityAutoConfiguration.class,
			KalamAutoConfiguration.class, KalamWebFluxAutoConfiguration.class, KalamHealthAutoConfiguration.class,
			KalamTypesAutoConfiguration.class })
	static class Kalam {

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Kalam.class)
	@ImportAutoConfiguration({ ApplicationAvailabilityAutoConfiguration.class, EndpointAutoConfiguration.class,
			WebEndpointAutoConfiguration.class, ManagementContextAutoConfiguration.class,
			HealthContributorAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
			AvailabilityHealthContributorAutoConfiguration.class, AvailabilityProbesAutoConfiguration.class,
			HealthEndpointAutoConfiguration.class, WebFluxHealthEndpointExtensionAutoConfiguration.class,
			MetricsAutoConfiguration.class, SimpleMetricsExportAutoConfiguration.class,
			CompositeMeterRegistryAutoConfiguration.class, MetricsEndpointAutoConfiguration.class,
			KalamMetricsAutoConfiguration.class, KalamEndpointAutoConfiguration.class })
	static class Operated {

	}

}
