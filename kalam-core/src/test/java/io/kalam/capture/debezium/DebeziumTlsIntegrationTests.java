package io.kalam.capture.debezium;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Under TLS what is waited for is a record of TLS, not a message.
 */
class DebeziumTlsIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void everythingIsDeliveredUnderTls() throws IOException {
		Map<String, String> tls = Map.of("ssl", "on", "ssl_cert_file", copy("server.crt"), "ssl_key_file",
				copy("server.key"));
		try (EmbeddedPostgres server = TestPostgres.start(tls)) {
			PostgresSettings plain = TestPostgres.settings(server, "postgres");
			PostgresSettings encrypted = new PostgresSettings(plain.host(), plain.port(), plain.database(),
					plain.user(), plain.password(), Map.of("sslmode", "require"));
			try (CaptureFixture fixture = new CaptureFixture(encrypted,
					"CREATE TABLE items (id int PRIMARY KEY, name text)", "ALTER TABLE items REPLICA IDENTITY FULL")) {
				fixture.know("items");
				Recorder recorder = fixture.start();
				assertThat(fixture.query("SELECT ssl FROM pg_stat_ssl JOIN pg_replication_slots ON active_pid = pid"))
					.isEqualTo("t");
				for (int i = 0; i < 40; i++) {
					int size = (i % 4 == 0) ? 100_000 : 10;
					fixture.execute("INSERT INTO items VALUES (" + i + ", repeat('x', " + size + "))");
					assertThat(recorder.awaitChanges()).hasSize(1);
				}
				fixture.execute("INSERT INTO items SELECT i, repeat('x', 500) FROM generate_series(1000, 30000) i");
				assertThat(recorder.awaitChanges()).hasSize(29_001);
				fixture.latest().stop();
				assertThat(fixture.isActive()).isFalse();
			}
		}
	}

	private String copy(String name) throws IOException {
		Path file = this.directory.resolve(name);
		try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(name))) {
			Files.copy(in, file);
		}
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
		return file.toString();
	}

}
