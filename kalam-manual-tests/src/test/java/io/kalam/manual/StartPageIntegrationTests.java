package io.kalam.manual;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;

import io.kalam.testing.RealtimeTestSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Types what the page on the first five minutes says to type into the files that it
 * names, starts it with nothing but the dependencies that it names, and does what it does
 * then.
 */
class StartPageIntegrationTests {

	private static final StartPage PAGE = new StartPage();

	@TempDir
	private static Path project;

	private static StartedApplication application;

	@BeforeAll
	static void start() throws Exception {
		PAGE.make(project);
		String classPath = Files.readString(Path.of(System.getProperty("kalam.start.classpath"))).strip();
		application = StartedApplication.start(project, "com.example.notes.NotesApplication", classPath);
		application.awaitStreaming();
	}

	@AfterAll
	static void stop() {
		if (application != null) {
			application.close();
		}
	}

	@Test
	void allFilesAreNamed() {
		assertThat(PAGE.files().keySet().stream().map(Path::toString)).containsExactly("pom.xml",
				"src/main/java/com/example/notes/NotesApplication.java", "src/main/resources/schema.sql",
				"src/main/java/com/example/notes/Note.java",
				"src/main/java/com/example/notes/SecurityConfiguration.java", "src/main/resources/application.yaml",
				"src/main/resources/static/index.html");
	}

	/**
	 * Of these the class path is made with which the application runs.
	 */
	@Test
	void theDependenciesAreThoseOfThePage() throws Exception {
		String ours = Files.readString(Page.root().resolve("kalam-manual-tests/pom.xml"));
		assertThat(StartPage.dependencies(ours).stream().filter((dependency) -> !dependency.endsWith(":test")))
			.containsExactlyElementsOf(StartPage.dependencies(PAGE.files().get(Path.of("pom.xml"))));
	}

	@Test
	void thePageNeedsNoTokenAndEverythingElseDoes() throws Exception {
		HttpResponse<String> page = get("/");
		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).isEqualTo(PAGE.files().get(Path.of("src/main/resources/static/index.html")));
		assertThat(get("/kalam/kalam.js").statusCode()).isEqualTo(200);
		assertThat(get("/elsewhere").statusCode()).isEqualTo(401);
	}

	@Test
	void aliceHasItAtOnceAndBobNever() throws Exception {
		try (RealtimeTestSocket alice = live("alice"); RealtimeTestSocket bob = live("bob")) {
			execute(PAGE.change());
			assertThat(row(alice)).isEqualTo("Hello");
			execute(PAGE.change().replace("'alice'", "'bob'").replace("Hello", "To bob"));
			assertThat(row(bob)).isEqualTo("To bob");
			assertThat(bob.frames().toString()).doesNotContain("Hello");
		}
		try (RealtimeTestSocket later = RealtimeTestSocket.authenticated(socket(), "alice")) {
			later.subscribe("notes", PAGE.query());
			JsonNode batch = later.await("initial_data_batch");
			assertThat(batch.at("/rows/0/body").asString()).isEqualTo("Hello");
			assertThat(batch.at("/rows").size()).isOne();
		}
		assertThat(application.log()).doesNotContain("ERROR", "WARN");
	}

	private static RealtimeTestSocket live(String token) {
		RealtimeTestSocket socket = RealtimeTestSocket.authenticated(socket(), token);
		socket.subscribe("notes", PAGE.query());
		socket.await("mark");
		return socket;
	}

	private static String row(RealtimeTestSocket socket) {
		return socket.await("transaction").findValue("body").asString();
	}

	private static URI socket() {
		return URI.create("ws://127.0.0.1:" + application.httpPort() + "/v1/ws");
	}

	private static HttpResponse<String> get(String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + application.httpPort() + path);
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * With the page's address, but for the port.
	 */
	private static void execute(String sql) throws Exception {
		URI address = URI.create(PAGE.address());
		List<String> login = List.of(address.getUserInfo().split(":"));
		String url = "jdbc:postgresql://" + address.getHost() + ":" + application.postgresPort() + address.getPath();
		try (Connection connection = DriverManager.getConnection(url, login.get(0), login.get(1));
				Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

}
