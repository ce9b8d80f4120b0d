package io.kalam.starter.tiny;

import java.nio.charset.StandardCharsets;

import io.kalam.RealtimeTable;
import io.kalam.starter.TokensOfTests;
import io.r2dbc.spi.ConnectionFactory;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.data.annotation.Id;
import org.springframework.r2dbc.connection.init.ConnectionFactoryInitializer;
import org.springframework.r2dbc.connection.init.ResourceDatabasePopulator;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The least that works. Knows nothing of Kalam but the annotation.
 */
@SpringBootApplication
public class TinyApplication {

	private static final String SCHEMA = "CREATE TABLE IF NOT EXISTS note "
			+ "(id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, author_name text, body text)";

	@Bean
	ReactiveJwtDecoder tokens() {
		return new TokensOfTests();
	}

	@Bean
	ConnectionFactoryInitializer schema(ConnectionFactory connections) {
		ConnectionFactoryInitializer initializer = new ConnectionFactoryInitializer();
		initializer.setConnectionFactory(connections);
		initializer.setDatabasePopulator(
				new ResourceDatabasePopulator(new ByteArrayResource(SCHEMA.getBytes(StandardCharsets.UTF_8))));
		return initializer;
	}

	/**
	 * An entity whose names come from the naming strategy.
	 *
	 * @param id the key
	 * @param authorName the owner
	 * @param body the text
	 */
	@RealtimeTable(owner = "authorName")
	public record Note(@Id Long id, String authorName, String body) {

	}

	@RestController
	static class Hello {

		@GetMapping("/api/hello")
		String hello() {
			return "hello";
		}

		@GetMapping("/public/hello")
		String everybody() {
			return "hello, everybody";
		}

	}

}
