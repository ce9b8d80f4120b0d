package io.kalam.boot;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A server whose certificate is signed by nobody that the JVM trusts, and the bundle that
 * says who to trust.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleIntegrationTests {

	private static final String PASSWORD = "password";

	private static final String ENCRYPTED = "SELECT bool_and(ssl)::text FROM pg_stat_ssl WHERE pid IN "
			+ "(SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'kalam%' AND pid <> pg_backend_pid() "
			+ "UNION SELECT active_pid FROM pg_replication_slots)";

	@TempDir
	private static Path directory;

	private static EmbeddedPostgres server;

	private static PostgresSettings postgres;

	@BeforeAll
	static void start() throws Exception {
		createKey("server", "san=ip:127.0.0.1,dns:localhost");
		createKey("stranger", "san=ip:127.0.0.1,dns:localhost");
		server = TestPostgres.start(Map.of("ssl", "on", "ssl_cert_file", file("server.crt").toString(), "ssl_key_file",
				file("server.key").toString()));
		postgres = TestPostgres.settings(server, "postgres");
		TestPostgres.execute(postgres, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL", "INSERT INTO tickets VALUES (1, 'alice')");
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	@Test
	void captureAndSnapshotsAreEncryptedAndTheServerIsChecked() {
		try (ConfigurableApplicationContext application = run("server")) {
			assertThat(application.getBean(PostgresSettings.class).properties()).containsEntry("sslmode",
					"verify-full");
			RealtimeTestSocket alice = RealtimeTestSocket.authenticated(RunningApplication.socket(application),
					"alice");
			alice.subscribe("tickets", "SELECT * FROM tickets");
			assertThat(alice.await("initial_data_batch").get("rows")).hasSize(1);
			alice.await((frame) -> frame.path("type").asString().equals("mark") && frame.has("subscription_id"));
			TestPostgres.execute(postgres, "INSERT INTO tickets VALUES (2, 'alice')");
			assertThat(alice.await("transaction").at("/changes/0/row/id").asString()).isEqualTo("2");
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> isEncrypted());
			alice.close();
		}
	}

	@Test
	void aServerThatIsNotTrustedIsAFailureThatSaysSo(CapturedOutput output) {
		assertThatException().isThrownBy(() -> run("stranger").close());
		assertThat(output).contains("APPLICATION FAILED TO START")
			.contains("kalam.postgres.ssl.bundle")
			.contains("truststore.certificate")
			.doesNotContain("Start Postgres");
	}

	private static ConfigurableApplicationContext run(String trusted) {
		List<String> properties = new ArrayList<>(RunningApplication.properties(postgres));
		properties.add("kalam.postgres.ssl.bundle=database");
		properties.add("spring.ssl.bundle.pem.database.truststore.certificate=file:" + file(trusted + ".crt"));
		return new SpringApplicationBuilder(LiveApplication.class, RunningApplication.Kalam.class, Ssl.class)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	private static boolean isEncrypted() throws SQLException {
		try (Connection connection = postgres.connect();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery(ENCRYPTED)) {
			return row.next() && "true".equals(row.getString(1));
		}
	}

	private static Path file(String name) {
		return directory.resolve(name);
	}

	/**
	 * Makes a key and a certificate that it has signed itself.
	 */
	private static void createKey(String name, String extension) throws Exception {
		Path store = file(name + ".p12");
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", name, "-keyalg", "RSA", "-keysize", "2048", "-dname", "CN=" + name, "-ext",
				extension, "-validity", "30", "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass",
				PASSWORD)
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(120, TimeUnit.SECONDS)).isTrue();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, PASSWORD.toCharArray());
		}
		Certificate certificate = keys.getCertificate(name);
		pem(name + ".crt", "CERTIFICATE", certificate.getEncoded());
		pem(name + ".key", "PRIVATE KEY", keys.getKey(name, PASSWORD.toCharArray()).getEncoded());
	}

	private static void pem(String name, String type, byte[] content) throws Exception {
		String text = "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
				+ type + "-----\n";
		Files.writeString(file(name), text);
		Files.setPosixFilePermissions(file(name), PosixFilePermissions.fromString("rw-------"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SslAutoConfiguration.class)
	static class Ssl {

	}

}
