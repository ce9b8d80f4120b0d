package io.kalam.websocket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;

import io.kalam.operations.ClientEvents;
import io.kalam.protocol.Events;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of a socket whose bytes we hold in our hands.
 */
class ServletTransportTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Charset LATIN = StandardCharsets.ISO_8859_1;

	private static final String CLOSE_ECHO = new String(HexFormat.of().parseHex("8802" + "03e8"), LATIN);

	private static final byte[] CLOSE_1000 = HexFormat.of().parseHex("8882" + "00000000" + "03e8");

	private final FakeSessions sessions = new FakeSessions();

	private final FakeTokens tokens = new FakeTokens();

	private final Sinks.One<Jwt> answer = Sinks.one();

	private final FakeWire wire = new FakeWire();

	private final RealtimeConnections connections = new RealtimeConnections(WebSocketSettings.defaults(), this.sessions,
			ClientEvents.NONE, this.tokens.authenticator(Duration.ZERO), Clock.systemUTC(), ConnectionListener.NONE);

	@BeforeEach
	void open() {
		this.tokens.add("alice", "alice", Instant.now().plusSeconds(600));
		this.tokens.add("slow", this.answer.asMono());
	}

	@AfterEach
	void close() {
		this.connections.close();
	}

	@Test
	void closeOfTheClientIsAnsweredWithItsCode() {
		start("alice");
		await("auth_success");
		this.wire.receive(CLOSE_1000);
		awaitGone();
		assertThat(this.wire.written()).endsWith(CLOSE_ECHO);
	}

	@Test
	void closeOfTheClientIsAnsweredBehindWhatIsOnItsWay() {
		start("alice");
		await("auth_success");
		this.wire.receive(text("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"s\",\"sql\":\"SELECT * FROM t\"}}"));
		Awaitility.await().atMost(PATIENCE).until(() -> !this.sessions.opened.isEmpty());
		this.wire.stuck = true;
		this.sessions.only().tell(Events.batch("s", 0, true, "{\"id\":\"" + "x".repeat(50_000) + "\"}"));
		Awaitility.await().atMost(PATIENCE).until(() -> this.wire.waiting != null);
		this.wire.receive(CLOSE_1000);
		assertThat(this.connections.count()).isOne();
		this.wire.unstick();
		awaitGone();
		assertThat(this.wire.written()).contains("x".repeat(50_000)).endsWith(CLOSE_ECHO);
	}

	@Test
	void clientThatTakesNothingIsLetGoWithoutItsClose() {
		start("alice", Duration.ofMillis(100));
		await("auth_success");
		this.wire.stuck = true;
		this.wire.receive(text("no json"));
		awaitGone();
		assertThat(this.wire.closed).isTrue();
	}

	@Test
	void whatFollowsTheCloseIsTakenAndDropped() {
		start("alice");
		await("auth_success");
		this.wire.receive(text("no json"));
		await("malformed message");
		for (int i = 0; i < 100; i++) {
			this.wire.receive(text("x".repeat(4000)));
		}
		assertThat(this.connections.count()).isOne();
		this.wire.receive(CLOSE_1000);
		awaitGone();
		assertThat(this.wire.written()).endsWith("malformed message");
	}

	/**
	 * Back-pressure: what the client sends meanwhile stays with it.
	 */
	@Test
	void nothingMoreIsReadWhileATokenIsLookedAt() {
		start(null);
		this.wire.receive(text("{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"slow\"}"));
		Awaitility.await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(() -> this.wire.target == null);
		this.answer.tryEmitError(new BadJwtException("bad"));
		await("auth_error");
		Awaitility.await().atMost(PATIENCE).until(() -> this.wire.target != null);
	}

	@Test
	void lossOfTheSocketEndsTheConnectionOnce() {
		ServletTransport transport = start("alice");
		await("auth_success");
		transport.gone();
		transport.gone();
		awaitGone();
		transport.gone();
		assertThat(this.wire.closed).isTrue();
	}

	private ServletTransport start(String token) {
		return start(token, Duration.ofHours(1));
	}

	private ServletTransport start(String token, Duration patience) {
		ServletTransport transport = new ServletTransport(this.wire, this.connections, patience);
		transport.open(token);
		return transport;
	}

	private void await(String text) {
		Awaitility.await().atMost(PATIENCE).until(() -> this.wire.written().contains(text));
	}

	private void awaitGone() {
		Awaitility.await().atMost(PATIENCE).until(() -> this.wire.closed && this.connections.count() == 0);
	}

	private static byte[] text(String message) {
		byte[] payload = message.getBytes(StandardCharsets.US_ASCII);
		ByteBuffer frame = ByteBuffer.allocate(8 + payload.length).put((byte) 0x81);
		if (payload.length <= FrameHead.SHORT) {
			frame.put((byte) (0x80 | payload.length));
		}
		else {
			frame.put((byte) (0x80 | FrameHead.LENGTH_IN_TWO_BYTES)).putShort((short) payload.length);
		}
		frame.putInt(0).put(payload).flip();
		byte[] bytes = new byte[frame.remaining()];
		frame.get(bytes);
		return bytes;
	}

	/**
	 * A socket that takes everything at once, or nothing.
	 */
	private static final class FakeWire implements Wire {

		private final ByteArrayOutputStream out = new ByteArrayOutputStream();

		private volatile ByteBuffer target;

		private volatile Listener listener;

		private volatile boolean stuck;

		private volatile ByteBuffer waiting;

		private volatile boolean closed;

		@Override
		public synchronized void read(ByteBuffer target, Listener listener) {
			this.listener = listener;
			this.target = target;
		}

		@Override
		public synchronized void write(ByteBuffer source, Listener listener) {
			if (this.stuck) {
				this.waiting = source;
				this.listener = listener;
				return;
			}
			take(source);
			listener.written();
		}

		private void take(ByteBuffer source) {
			while (source.hasRemaining()) {
				this.out.write(source.get());
			}
		}

		synchronized void unstick() {
			this.stuck = false;
			take(this.waiting);
			this.listener.written();
		}

		void receive(byte[] bytes) {
			ByteBuffer source = ByteBuffer.wrap(bytes);
			while (source.hasRemaining() && !this.closed) {
				Awaitility.await()
					.atMost(PATIENCE)
					.pollDelay(Duration.ZERO)
					.pollInterval(Duration.ofMillis(2))
					.until(() -> this.target != null || this.closed);
				give(source);
			}
		}

		private synchronized void give(ByteBuffer source) {
			ByteBuffer present = this.target;
			if (present != null) {
				this.target = null;
				while (source.hasRemaining() && present.hasRemaining()) {
					present.put(source.get());
				}
				this.listener.read();
			}
		}

		synchronized String written() {
			return this.out.toString(LATIN);
		}

		@Override
		public void close() {
			this.closed = true;
		}

	}

}
