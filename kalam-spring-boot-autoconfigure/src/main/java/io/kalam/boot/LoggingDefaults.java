package io.kalam.boot;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Quietens what Debezium and Kafka's libraries say at each start, unless the application
 * says otherwise: its own {@code logging.level.*} come first, wherever they stand.
 */
final class LoggingDefaults implements EnvironmentPostProcessor {

	static final String NAME = "kalamLoggingDefaults";

	private static final Map<String, Object> LEVELS = Map.of("logging.level.io.debezium", "WARN",
			"logging.level.io.debezium.relational.TableSchemaBuilder", "ERROR", "logging.level.org.apache.kafka",
			"WARN");

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		environment.getPropertySources().addLast(new MapPropertySource(NAME, LEVELS));
	}

}
