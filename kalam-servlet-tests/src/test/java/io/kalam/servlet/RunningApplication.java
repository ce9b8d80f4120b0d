package io.kalam.servlet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.kalam.postgres.embedded.EmbeddedPostgresServer;
import io.kalam.servlet.notes.NotesApplication;
import io.kalam.testing.RealtimeTestSocket;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The application on a port of its own, with a Postgres that it knows by
 * {@code spring.datasource.*} alone.
 */
final class RunningApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final EmbeddedPostgresServer postgres = EmbeddedPostgresServer.builder().start();

	private final ConfigurableApplicationContext context;

	private final String address;

	RunningApplication(Class<?>... more) {
		this(new SpringApplicationBuilder(NotesApplication.class).sources(more));
	}

	RunningApplication(SpringApplicationBuilder application) {
		this.context = application
			.properties("server.port=0", "spring.sql.init.mode=always", "kalam.websocket.auth-timeout=30s",
					"spring.threads.virtual.enabled=true", "kalam.journal.directory=" + newDirectory(),
					"spring.datasource.url=" + this.postgres.jdbcUrl(),
					"spring.datasource.username=" + this.postgres.user(),
					"spring.datasource.password=" + this.postgres.password())
			.run();
		this.address = "localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	/**
	 * Makes a directory for a journal, which no other application has.
	 */
	private static Path newDirectory() {
		try {
			return Files.createTempDirectory(Path.of("target"), "journal");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static String token(String user) {
		return "token-of-" + user;
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	URI socket() {
		return URI.create("ws://" + this.address + "/v1/ws");
	}

	RealtimeTestSocket connect(String user) {
		return RealtimeTestSocket.authenticated(socket(), token(user));
	}

	HttpResponse<String> get(String path, String... headers) {
		return send(request(path).GET(), headers);
	}

	HttpResponse<String> post(String path, String body, String... headers) {
		return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)), headers);
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://" + this.address + path)).timeout(PATIENCE);
	}

	private static HttpResponse<String> send(HttpRequest.Builder request, String... headers) {
		if (headers.length > 0) {
			request.headers(headers);
		}
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

	@Override
	public void close() {
		this.context.close();
		this.postgres.close();
	}

}
