package io.kalam.boot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.PostgresSettings;
import io.kalam.testing.RealtimeTestSocket;
import io.kalam.testing.TestPostgres;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
 * A Postgres with a certificate that an authority has signed, and logins that are let in
 * with a certificate of their own only.
 */
@ExtendWith(OutputCaptureExtension.class)
class SslBundleIntegrationTests {

	/**
	 * Of all sessions of a login: its walsender's, the heart's, those of snapshots.
	 */
	private static final String SESSIONS = "FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '%s'";

	@TempDir
	private static Path directory;

	@TempDir
	private static Path elsewhere;

	private static CertificateAuthority authority;

	private static CertificateAuthority stranger;

	private static EmbeddedPostgres server;

	private static PostgresSettings postgres;

	@BeforeAll
	static void start() throws Exception {
		authority = new CertificateAuthority(directory);
		authority.server("server", "dns:localhost");
		authority.client("app", "RSA");
		authority.client("curve", "EC");
		stranger = new CertificateAuthority(elsewhere);
		stranger.client("app", "RSA");
		server = TestPostgres.start(Map.of("ssl", "on", "ssl_cert_file", authority.file("server.crt").toString(),
				"ssl_key_file", authority.file("server.key").toString(), "ssl_ca_file", authority.root().toString()));
		postgres = TestPostgres.settings(server, "postgres");
		TestPostgres.execute(postgres, "CREATE TABLE tickets (id bigint PRIMARY KEY, assignee_id text)",
				"ALTER TABLE tickets REPLICA IDENTITY FULL", "INSERT INTO tickets VALUES (1, 'alice')",
				"CREATE ROLE app SUPERUSER LOGIN REPLICATION PASSWORD 'secret'",
				"CREATE ROLE curve SUPERUSER LOGIN REPLICATION");
		Files.writeString(Path.of(TestPostgres.value(postgres, "SHOW hba_file")), """
				host all postgres all trust
				hostssl all app all scram-sha-256 clientcert=verify-full
				hostssl all curve all cert
				""");
		TestPostgres.execute(postgres, "SELECT pg_reload_conf()");
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	@Test
	void captureAndSnapshotsAreEncryptedAndTheServerIsChecked() {
		try (ConfigurableApplicationContext application = run(as("postgres"), trusting(authority))) {
			assertThat(application.getBean(PostgresSettings.class).properties()).containsEntry("sslmode",
					"verify-full");
			assertServed(application, 2);
			assertThat(sessions("bool_and(ssl)::text", "postgres' AND application_name LIKE 'kalam%"))
				.isEqualTo("true");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "app", "curve" })
	void everyConnectionShowsTheClientsCertificate(String login) {
		try (ConfigurableApplicationContext application = run(as(login), identifiedBy(authority, login))) {
			assertServed(application, "app".equals(login) ? 3 : 4);
			assertThat(sessions("string_agg(DISTINCT client_dn, ',')", login)).isEqualTo("/CN=" + login);
			assertThat(sessions("count(*)", login + "' AND backend_type = 'walsender")).isEqualTo("1");
		}
	}

	@Test
	void aKeyOfAStoreIsChosenByItsAlias() {
		try (ConfigurableApplicationContext application = run(as("curve"),
				List.of("spring.ssl.bundle.jks.database.keystore.location=file:" + authority.store(),
						"spring.ssl.bundle.jks.database.keystore.type=PKCS12",
						"spring.ssl.bundle.jks.database.keystore.password=" + CertificateAuthority.PASSWORD,
						"spring.ssl.bundle.jks.database.key.alias=curve",
						"spring.ssl.bundle.jks.database.truststore.location=file:" + authority.store(),
						"spring.ssl.bundle.jks.database.truststore.type=PKCS12",
						"spring.ssl.bundle.jks.database.truststore.password=" + CertificateAuthority.PASSWORD))) {
			assertServed(application, 5);
			assertThat(sessions("string_agg(DISTINCT client_dn, ',')", "curve")).isEqualTo("/CN=curve");
		}
	}

	@Test
	void aServerThatIsNotTrustedIsAFailureThatSaysSo(CapturedOutput output) {
		assertFails(as("postgres"), trusting(stranger));
		assertThat(output).contains("The server's certificate is refused", "kalam.postgres.ssl.bundle",
				"truststore.certificate");
	}

	@Test
	void aServerOfAnotherNameIsAFailureThatSaysSo(CapturedOutput output) {
		assertFails(postgres, trusting(authority));
		assertThat(output).contains("127.0.0.1", "kalam.postgres.host", "kalam.postgres.properties.sslmode=verify-ca");
	}

	@Test
	void aServerOfAnotherNameIsServedIfItsAuthorityIsEnough() {
		List<String> properties = new ArrayList<>(trusting(authority));
		properties.add("kalam.postgres.properties.sslmode=verify-ca");
		try (ConfigurableApplicationContext application = run(postgres, properties)) {
			assertServed(application, 6);
		}
	}

	@Test
	void aClientWithoutACertificateIsAFailureThatSaysSo(CapturedOutput output) {
		assertFails(as("curve"), trusting(authority));
		assertThat(output).contains("keystore.certificate", "keystore.private-key").doesNotContain("CREATE ROLE");
	}

	@Test
	void aCertificateOfAnotherLoginIsAFailureThatSaysSo(CapturedOutput output) {
		assertFails(as("curve"), identifiedBy(authority, "app"));
		assertThat(output).contains("CN=curve").doesNotContain("CREATE ROLE");
	}

	@Test
	void aPasswordIsNotEnoughWithACertificateOfAnotherLogin(CapturedOutput output) {
		assertFails(as("app"), identifiedBy(authority, "curve"));
		assertThat(output).contains("CN=app").doesNotContain("secret");
	}

	@Test
	void aCertificateThatTheServerDoesNotTrustIsAFailureThatSaysSo(CapturedOutput output) {
		List<String> properties = new ArrayList<>(identifiedBy(stranger, "app"));
		properties.addAll(trusting(authority));
		assertFails(as("app"), properties);
		assertThat(output).contains("ssl_ca_file");
	}

	private static void assertFails(PostgresSettings settings, List<String> ssl) {
		assertThatException().isThrownBy(() -> run(settings, ssl).close());
	}

	private static PostgresSettings as(String login) {
		return new PostgresSettings("localhost", postgres.port(), "postgres", login, "secret", Map.of());
	}

	private static List<String> trusting(CertificateAuthority trusted) {
		return List.of("spring.ssl.bundle.pem.database.truststore.certificate=file:" + trusted.root());
	}

	private static List<String> identifiedBy(CertificateAuthority signer, String name) {
		return List.of("spring.ssl.bundle.pem.database.truststore.certificate=file:" + signer.root(),
				"spring.ssl.bundle.pem.database.keystore.certificate=file:" + signer.file(name + ".crt"),
				"spring.ssl.bundle.pem.database.keystore.private-key=file:" + signer.file(name + ".key"));
	}

	private static ConfigurableApplicationContext run(PostgresSettings settings, List<String> ssl) {
		List<String> properties = new ArrayList<>(RunningApplication.properties(settings));
		properties.add("kalam.postgres.ssl.bundle=database");
		properties.addAll(ssl);
		return new SpringApplicationBuilder(LiveApplication.class, RunningApplication.Kalam.class, Ssl.class)
			.properties(properties.toArray(String[]::new))
			.run();
	}

	/**
	 * A snapshot comes, and then a change.
	 */
	private static void assertServed(ConfigurableApplicationContext application, int id) {
		try (RealtimeTestSocket alice = RealtimeTestSocket.authenticated(RunningApplication.socket(application),
				"alice")) {
			alice.subscribe("tickets", "SELECT * FROM tickets");
			assertThat(alice.await("initial_data_batch").get("rows")).isNotEmpty();
			alice.await((frame) -> frame.path("type").asString().equals("mark") && frame.has("subscription_id"));
			TestPostgres.execute(postgres, "INSERT INTO tickets VALUES (" + id + ", 'alice')");
			assertThat(alice.await("transaction").at("/changes/0/row/id").asString()).isEqualTo("" + id);
		}
	}

	private static String sessions(String what, String login) {
		return TestPostgres.value(postgres, "SELECT " + what + ' ' + SESSIONS.formatted(login));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(SslAutoConfiguration.class)
	static class Ssl {

	}

}
