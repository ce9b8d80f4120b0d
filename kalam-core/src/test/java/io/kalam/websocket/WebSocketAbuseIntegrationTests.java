package io.kalam.websocket;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;

import io.kalam.testing.RawClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What no well-behaved client sends, byte for byte, to a real server: both stacks answer
 * it in the same way.
 */
@ParameterizedClass
@EnumSource
class WebSocketAbuseIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String MALFORMED = "\u00110malformed message";

	private static final byte[] PONG = RawClient.frame(0x8a, new byte[0]);

	private static TestServer server;

	@Parameter
	private TestContainer.Stack stack;

	@BeforeParameterizedClassInvocation
	static void start(TestContainer.Stack stack) {
		server = new TestServer(stack, WebSocketSettings.defaults());
	}

	@AfterParameterizedClassInvocation
	static void stop() {
		server.close();
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(textBlock = """
			not masked,                      8102 7b7d
			reserved bits,                   c180 00000000
			an unknown sort,                 8380 00000000
			an unknown sort of control,      8b80 00000000
			a ping in fragments,             0980 00000000
			a ping that is too long,         89fe 007e 00000000
			a continuation of nothing,       8080 00000000
			a message in a message,          0180 00000000 8180 00000000
			a length that could be shorter,  81fe 0002 00000000 7b7d
			a length below zero,             81ff 8000000000000000 00000000
			a close of one byte,             8881 00000000 03
			a close code that is none,       8882 00000000 03e7
			a close code that is not sent,   8882 00000000 03ed
			a close that is no text,         8883 00000000 03e8 ff
			a message that is no text,       8181 00000000 ff
			""")
	void whatIsNoFrameIsAnsweredAndClosed(String what, String bytes) {
		try (RawClient client = RawClient.webSocket(server.port(), "alice")) {
			client.send(HexFormat.of().parseHex(bytes.replace(" ", "")));
			assertThat(client.readUpTo(MALFORMED)).as(what).contains("\"PROTOCOL\"");
		}
		awaitNobody();
	}

	@ParameterizedTest
	@CsvSource({ "1000", "1001", "1011", "3000", "4999" })
	void aCloseIsAnsweredWithItsCode(int code) {
		try (RawClient client = RawClient.webSocket(server.port(), "alice")) {
			client.send(RawClient.frame(0x88, new byte[] { (byte) (code >> 8), (byte) code }));
			assertThat(client.readToEnd()).endsWith("\u0088\u0002" + (char) (code >> 8) + (char) (code & 0xff));
		}
		awaitNobody();
	}

	@Test
	void aCloseWithoutACodeIsAnsweredWithoutOne() {
		try (RawClient client = RawClient.webSocket(server.port(), "alice")) {
			client.send(RawClient.frame(0x88, new byte[0]));
			assertThat(client.readToEnd()).endsWith("\u0088\u0000");
		}
		awaitNobody();
	}

	@Test
	void pongsThatNobodyAskedForAreLimited() {
		try (RawClient client = RawClient.webSocket(server.port(), "alice")) {
			for (int i = 0; i < 1000; i++) {
				client.send(PONG);
			}
			assertThat(client.readUpTo("\u0011Mrate limit")).contains("\"RATE_LIMIT_EXCEEDED\"");
		}
		awaitNobody();
	}

	@Test
	void whoHasClosedItsHalfIsLetGo() {
		try (RawClient client = RawClient.webSocket(server.port(), "alice")) {
			client.closeHalf();
			client.readToEnd();
			awaitNobody();
		}
	}

	@Test
	void whoAnswersNoPingIsLetGo() {
		WebSocketSettings.Timing timing = new WebSocketSettings.Timing(Duration.ofSeconds(30), Duration.ofSeconds(1),
				PATIENCE, PATIENCE, Duration.ZERO, PATIENCE, PATIENCE);
		try (TestServer impatient = new TestServer(this.stack,
				new WebSocketSettings("/v1/ws", WebSocketSettings.defaults().allowedOrigins(), timing,
						WebSocketSettings.Limits.defaults()));
				RawClient client = RawClient.webSocket(impatient.port(), "alice")) {
			assertThat(client.readUpTo("\u00119client stalled")).contains("\u0089\u0000");
		}
	}

	/**
	 * Which it must not: what is made of it is the server's business.
	 */
	@Test
	void aFrameThatComesWithTheRequestHarmsNobody() {
		byte[] frame = RawClient.frame(0x81, "{}".getBytes(StandardCharsets.US_ASCII));
		try (RawClient client = new RawClient(server.port())
			.send(RawClient.upgrade() + new String(frame, StandardCharsets.ISO_8859_1))) {
			client.readUpTo("HTTP/1.1 101");
			client.readUpTo("\u00118authentication timeout");
		}
		awaitNobody();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Authorization: Bearer alice\r\nAuthorization: Bearer bob",
			"Authorization: Bearer alice\r\nSec-WebSocket-Protocol: kalamdb.jwt.bob",
			"Sec-WebSocket-Protocol: kalamdb.v1\r\nSec-WebSocket-Protocol: kalamdb.jwt.alice, kalamdb.jwt.bob",
			"Sec-WebSocket-Protocol: kalamdb.jwt.alice\r\nSec-WebSocket-Protocol: kalamdb.jwt.bob" })
	void severalTokensAreRefused(String headers) {
		assertThat(headOf(RawClient.upgrade(headers))).startsWith("HTTP/1.1 400");
	}

	@Test
	void aTokenMayBeInASecondHeaderOfSubProtocols() {
		try (RawClient client = new RawClient(server.port()).send(
				RawClient.upgrade("Sec-WebSocket-Protocol: kalamdb.v1", "Sec-WebSocket-Protocol: kalamdb.jwt.alice"))) {
			assertThat(client.readUpTo("\"auth_success\""))
				.containsIgnoringCase("sec-websocket-protocol: kalamdb.v1\r");
		}
		awaitNobody();
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Test: 1", "Sec-WebSocket-Protocol: graphql-ws", "Sec-WebSocket-Protocol: ,",
			"Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits" })
	void neitherAProtocolNorAnExtensionIsAgreedOnThatIsNotOurs(String header) {
		assertThat(headOf(RawClient.upgrade(header))).startsWith("HTTP/1.1 101")
			.doesNotContainIgnoringCase("sec-websocket-protocol")
			.doesNotContainIgnoringCase("sec-websocket-extensions");
		awaitNobody();
	}

	@ParameterizedTest
	@CsvSource({ "GET ,POST ", "Version: 13,Version: 8", "Version: 13,Version: x", "Sec-WebSocket-Key,X-Key",
			"Upgrade: websocket,Upgrade: h2c", "Connection: Upgrade,Connection: keep-alive" })
	void whatIsNoUpgradeIsToldWhatIs(String part, String instead) {
		assertThat(headOf(RawClient.upgrade().replace(part, instead))).startsWith("HTTP/1.1 426")
			.containsIgnoringCase("sec-websocket-version: 13");
	}

	private static String headOf(String request) {
		try (RawClient client = new RawClient(server.port()).send(request)) {
			return client.readUpTo("\r\n\r\n");
		}
	}

	private static void awaitNobody() {
		Awaitility.await("nobody is left").atMost(PATIENCE).until(() -> server.connections.count() == 0);
	}

}
