package io.kalam.desk;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A real Postgres on a free port, one for the JVM.
 */
final class TestPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final EmbeddedPostgres SERVER = start();

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("spring.r2dbc.url=r2dbc:postgresql://127.0.0.1:%d/postgres".formatted(SERVER.getPort()),
					"spring.r2dbc.username=postgres", "spring.r2dbc.password=postgres")
			.applyTo(context);
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder().setServerConfig("wal_level", "logical").start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
