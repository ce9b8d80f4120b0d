package io.kalam.starter;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * An application on a port of its own, with its database, and patience with a slow
 * machine.
 */
final class RunningApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ConfigurableApplicationContext context;

	private final String address;

	RunningApplication(Class<?>... sources) {
		this(List.of(), sources);
	}

	RunningApplication(List<String> properties, Class<?>... sources) {
		this.context = new SpringApplicationBuilder(sources)
			.properties("server.port=0", "kalam.websocket.auth-timeout=30s")
			.properties(properties.toArray(String[]::new))
			.run();
		this.address = "localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	URI socket() {
		return URI.create("ws://" + this.address + "/v1/ws");
	}

	/**
	 * Sends a request on a connection of its own. On one that is used again the server
	 * leaves a request unanswered about once in a hundred times, after one whose token
	 * was refused (also in an application without us).
	 */
	HttpResponse<String> get(String path, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + this.address + path))
			.timeout(PATIENCE);
		headers.forEach(request::header);
		try {
			HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
			return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Executes statements as somebody else would, each in its own transaction.
	 */
	void execute(String... statements) {
		EmbeddedPostgresServer server = this.context.getBean(EmbeddedPostgresServer.class);
		try (Connection connection = DriverManager.getConnection(server.jdbcUrl(), server.user(), server.password());
				Statement statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.context.close();
	}

}
