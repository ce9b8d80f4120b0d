package io.kalam.boot;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The TypeScript types of a running application's tables: over HTTP and in a file.
 */
class TypesIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@TempDir
	private Path directory;

	private PostgresSettings settings;

	@BeforeEach
	void createTable() {
		this.settings = TestPostgres.createDatabase();
		TestPostgres.execute(this.settings,
				"CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text, title text NOT NULL)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL");
	}

	@Test
	void areServedToEverybodyIfThePropertySaysSoAndElseToNobody() throws Exception {
		try (RunningApplication application = RunningApplication.start(this.settings, "kalam.types.enabled=true")) {
			HttpResponse<String> answer = get(application);
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain;charset=UTF-8");
			assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
			assertThat(answer.body()).contains("tickets: Ticket;", "export interface Ticket", "readonly id: string;",
					"readonly assignee_id: string | null;", "readonly title: string;");
		}
		try (RunningApplication application = RunningApplication.start(this.settings)) {
			assertThat(get(application).statusCode()).isIn(401, 404);
			assertThat(get(application).body()).doesNotContain("assignee_id");
		}
	}

	@Test
	void areWrittenWhenTheyHaveChangedAndNotElse() throws IOException {
		Path file = this.directory.resolve("kalam-tables.d.ts");
		RunningApplication.start(this.settings, "kalam.types.file=" + file).close();
		assertThat(file).content().contains("tickets: Ticket;", "readonly title: string;");
		FileTime past = FileTime.from(Instant.EPOCH);
		Files.setLastModifiedTime(file, past);
		RunningApplication.start(this.settings, "kalam.types.file=" + file).close();
		assertThat(Files.getLastModifiedTime(file)).isEqualTo(past);
		TestPostgres.execute(this.settings, "ALTER TABLE tickets ADD priority int");
		RunningApplication.start(this.settings, "kalam.types.file=" + file).close();
		assertThat(file).content().contains("readonly priority: number | null;");
	}

	@Test
	void areWrittenWhenTheDatabaseIsThereAtLast() {
		Path file = this.directory.resolve("kalam-tables.d.ts");
		TestPostgres.execute(this.settings, "ALTER TABLE tickets RENAME TO later");
		try (RunningApplication application = RunningApplication.start(this.settings, "kalam.types.file=" + file,
				"kalam.fail-fast=false", "kalam.capture.check-interval=1s", "kalam.types.enabled=true")) {
			TestPostgres.execute(this.settings, "ALTER TABLE later RENAME TO tickets");
			Awaitility.await().atMost(PATIENCE).until(() -> get(application).body().contains("tickets: Ticket;"));
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> Files.exists(file) && Files.readString(file).contains("tickets: Ticket;"));
			TestPostgres.execute(this.settings, "ALTER TABLE tickets ADD urgent boolean");
			Awaitility.await()
				.atMost(PATIENCE)
				.until(() -> Files.readString(file).contains("readonly urgent: boolean | null;"));
		}
	}

	@Test
	void aFileThatCantBeWrittenIsSaidSo() {
		Path file = this.directory.resolve("nowhere/kalam-tables.d.ts");
		assertThatException()
			.isThrownBy(() -> RunningApplication.start(this.settings, "kalam.types.file=" + file).close())
			.havingRootCause()
			.withMessageContaining("kalam.types.file")
			.withMessageContaining("nowhere");
	}

	private static HttpResponse<String> get(RunningApplication application) throws IOException, InterruptedException {
		URI socket = application.socket();
		URI types = URI.create("http://" + socket.getAuthority() + "/kalam/types.d.ts");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(types).build(), HttpResponse.BodyHandlers.ofString());
	}

}
