package io.kalam.boot;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggerConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingDefaultsTests {

	private final LoggingSystem logging = LoggingSystem.get(SpringApplication.class.getClassLoader());

	@AfterEach
	void reset() {
		new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).run().close();
	}

	@Test
	void quietensDebeziumAndKafka() {
		try (ConfigurableApplicationContext context = run(Map.of())) {
			assertThat(level("io.debezium")).isEqualTo(LogLevel.WARN);
			assertThat(level("io.debezium.relational.TableSchemaBuilder")).isEqualTo(LogLevel.ERROR);
			assertThat(level("org.apache.kafka")).isEqualTo(LogLevel.WARN);
			assertThat(context.isActive()).isTrue();
		}
	}

	@Test
	void givesWayToTheApplicationsOwnLevels() {
		try (ConfigurableApplicationContext context = run(
				Map.of("logging.level.io.debezium", "debug", "logging.level.org.apache.kafka", "info"))) {
			assertThat(context.isActive()).isTrue();
			assertThat(level("io.debezium")).isEqualTo(LogLevel.DEBUG);
			assertThat(level("org.apache.kafka")).isEqualTo(LogLevel.INFO);
		}
	}

	private static ConfigurableApplicationContext run(Map<String, Object> defaults) {
		return new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE).properties(defaults).run();
	}

	private LogLevel level(String logger) {
		LoggerConfiguration configuration = this.logging.getLoggerConfiguration(logger);
		assertThat(configuration).as(logger).isNotNull();
		return configuration.getEffectiveLevel();
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

}
