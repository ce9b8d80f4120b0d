package io.kalam.websocket;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import io.kalam.protocol.Events;
import io.kalam.testing.RealtimeTestSocket;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sockets of a Tomcat that speaks TLS itself.
 */
class TlsIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String PASSWORD = "password";

	@TempDir
	static Path directory;

	private static TestServer server;

	private static HttpClient client;

	@BeforeAll
	static void start() throws Exception {
		Path keys = directory.resolve("keys.p12");
		createKeys(keys);
		client = HttpClient.newBuilder().sslContext(trusting(keys)).build();
		server = new TestServer((connections, settings) -> new TomcatContainer(connections, settings,
				(connector) -> secure(connector, keys)), WebSocketSettings.defaults());
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void everythingComesWholeAndInOrder() {
		try (RealtimeTestSocket socket = connect()) {
			FakeSessions.FakeSession session = subscribe(socket);
			for (int i = 0; i < 500; i++) {
				String row = "{\"id\":\"" + "x".repeat((i == 250) ? 3_000_000 : i * 100) + "\"}";
				session.tell(Events.batch("s", i, true, row));
			}
			socket.await((frame) -> frame.path("batch_control").path("batch_num").asInt(0) == 499);
			assertThat(socket.frames().stream().filter((frame) -> frame.has("batch_control"))).hasSize(500)
				.extracting((frame) -> frame.path("batch_control").path("batch_num").asInt())
				.isSorted();
		}
	}

	@Test
	void clientThatStopsReadingIsWaitedFor() {
		try (RealtimeTestSocket socket = connect()) {
			FakeSessions.FakeSession session = subscribe(socket);
			socket.pause();
			session.tellForEver(Events.batch("s", 0, true, "{\"id\":\"" + "x".repeat(10_000) + "\"}"));
			int[] polled = { -1 };
			Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> {
				int before = polled[0];
				polled[0] = session.polled;
				return before == polled[0];
			});
			assertThat(polled[0] * 10_000L).isBetween(1L, 32_000_000L);
			socket.resume();
			Awaitility.await().atMost(PATIENCE).until(() -> session.polled > polled[0] + 1000);
		}
	}

	@Test
	void whatIsNotUnderstoodIsAnsweredAndClosed() {
		try (RealtimeTestSocket socket = connect()) {
			socket.raw()
				.sendBinary(ByteBuffer.allocate(60_000), true)
				.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
				.join();
			assertThat(socket.awaitClosed().code()).isEqualTo(4400);
			assertThat(socket.await("error").path("code").asString()).isEqualTo("PROTOCOL");
		}
	}

	private static RealtimeTestSocket connect() {
		URI uri = URI.create("wss://127.0.0.1:" + server.port() + "/v1/ws");
		RealtimeTestSocket socket = RealtimeTestSocket.connect(client, uri, Map.of("Authorization", "Bearer alice"));
		socket.await("auth_success");
		return socket;
	}

	private static FakeSessions.FakeSession subscribe(RealtimeTestSocket socket) {
		int before = server.sessions.opened.size();
		socket.subscribe("s", "SELECT * FROM tickets");
		Awaitility.await().atMost(PATIENCE).until(() -> server.sessions.opened.size() > before);
		return server.sessions.opened.get(before);
	}

	private static void secure(Connector connector, Path keys) {
		SSLHostConfig host = new SSLHostConfig();
		SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host,
				SSLHostConfigCertificate.Type.UNDEFINED);
		certificate.setCertificateKeystoreFile(keys.toString());
		certificate.setCertificateKeystorePassword(PASSWORD);
		host.addCertificate(certificate);
		connector.setScheme("https");
		connector.setSecure(true);
		connector.setProperty("SSLEnabled", "true");
		connector.addSslHostConfig(host);
	}

	private static void createKeys(Path keys) throws Exception {
		Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
				"-genkeypair", "-alias", "kalam", "-keyalg", "EC", "-dname", "CN=127.0.0.1", "-ext", "SAN=ip:127.0.0.1",
				"-storetype", "PKCS12", "-storepass", PASSWORD, "-keystore", keys.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
	}

	private static SSLContext trusting(Path keys) throws Exception {
		KeyStore certificates = KeyStore.getInstance("PKCS12");
		try (InputStream input = Files.newInputStream(keys)) {
			certificates.load(input, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("kalam", certificates.getCertificate("kalam"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

}
