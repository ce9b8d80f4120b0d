package io.kalam.websocket;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

import io.kalam.operations.ClientEvents;
import io.kalam.protocol.CloseReason;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A connection without a socket, on a clock that stands still until it is told to go on.
 */
final class ConnectionHarness implements Transport {

	static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

	static final String AUTHENTICATE = "{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"%s\","
			+ "\"protocol\":{\"transactions\":true}}";

	static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"%s\","
			+ "\"sql\":\"SELECT * FROM tickets\",\"options\":{}}}";

	final FakeSessions sessions = new FakeSessions();

	final FakeTokens tokens = new FakeTokens();

	final List<List<OutboundFrame>> chunks = new ArrayList<>();

	final List<JsonNode> frames = new ArrayList<>();

	final List<String> violations = new ArrayList<>();

	final ToldConnectionListener listener = new ToldConnectionListener();

	final ConnectionContext context;

	final Connection connection;

	CloseReason closed;

	int requested;

	int gone;

	boolean stuck;

	boolean atOnce;

	long pending;

	private long nanos = Long.MAX_VALUE - Duration.ofSeconds(30).toNanos();

	private Duration elapsed = Duration.ZERO;

	private boolean inFlight;

	private final Executor eventLoop;

	ConnectionHarness() {
		this(WebSocketSettings.defaults());
	}

	ConnectionHarness(WebSocketSettings settings) {
		this(settings, null);
	}

	ConnectionHarness(WebSocketSettings settings, Executor eventLoop) {
		this.eventLoop = eventLoop;
		Clock clock = new VirtualClock();
		this.context = new ConnectionContext(settings, this.sessions, ClientEvents.NONE,
				new TokenAuthenticator(this.tokens, FakeTokens.converter(), clock, settings.timing().clockSkew()),
				Runnable::run, clock, () -> this.nanos, new Random(1), this.listener);
		this.tokens.add("alice", "alice", START.plusSeconds(3600));
		this.tokens.add("bob", "bob", START.plusSeconds(3600));
		this.connection = new Connection(this.context, this, (connection) -> this.gone++);
	}

	ConnectionHarness open(String token) {
		this.connection.open(token);
		return this;
	}

	ConnectionHarness authenticated() {
		open(null).say(AUTHENTICATE.formatted("alice"));
		this.frames.clear();
		return this;
	}

	FakeSessions.FakeSession subscribed() {
		say(SUBSCRIBE.formatted("s"));
		return this.sessions.only();
	}

	ConnectionHarness say(String message) {
		return receive(new InboundFrame.Text(message.getBytes(StandardCharsets.UTF_8)));
	}

	ConnectionHarness receive(InboundFrame frame) {
		this.connection.received(frame);
		return this;
	}

	/**
	 * Lets time pass as the server would see it, in steps of its sweep.
	 */
	ConnectionHarness pass(Duration duration) {
		Duration end = this.elapsed.plus(duration);
		while (this.elapsed.compareTo(end) < 0) {
			Duration left = end.minus(this.elapsed);
			Duration step = (left.toMillis() > 500) ? Duration.ofMillis(500) : left;
			this.elapsed = this.elapsed.plus(step);
			this.nanos += step.toNanos();
			this.connection.tick(this.nanos);
		}
		return this;
	}

	/**
	 * Lets time pass of which the server has not seen anything yet.
	 */
	void passUnseen(Duration duration) {
		this.elapsed = this.elapsed.plus(duration);
		this.nanos += duration.toNanos();
	}

	/**
	 * Lets time pass while the client answers pings.
	 */
	ConnectionHarness live(int seconds) {
		for (int i = 0; i < seconds; i++) {
			passSeconds(1).receive(new InboundFrame.Pong());
		}
		return this;
	}

	ConnectionHarness passSeconds(int seconds) {
		return pass(Duration.ofSeconds(seconds));
	}

	void unstick() {
		this.stuck = false;
		complete();
	}

	void complete() {
		this.inFlight = false;
		this.connection.written();
	}

	JsonNode lastFrame() {
		return this.frames.get(this.frames.size() - 1);
	}

	List<String> types() {
		return this.frames.stream().map((frame) -> frame.path("type").asString()).toList();
	}

	List<OutboundFrame.Kind> kinds() {
		return this.chunks.stream().flatMap(List::stream).map(OutboundFrame::kind).toList();
	}

	@Override
	public Executor eventLoop() {
		return this.eventLoop;
	}

	@Override
	public boolean send(List<OutboundFrame> chunk) {
		if (this.inFlight || this.closed != null || chunk.isEmpty()) {
			this.violations.add("sent while a chunk was in flight, after the close, or nothing");
		}
		this.chunks.add(chunk);
		chunk.stream()
			.filter((frame) -> frame.kind() == OutboundFrame.Kind.TEXT)
			.forEach((frame) -> this.frames.add(JsonMapper.shared().readTree(frame.payload())));
		if (this.atOnce) {
			return true;
		}
		this.inFlight = true;
		if (!this.stuck) {
			complete();
		}
		return false;
	}

	@Override
	public long pending() {
		return this.pending;
	}

	@Override
	public void request() {
		this.requested++;
	}

	@Override
	public void close(CloseReason reason) {
		if (this.closed != null) {
			this.violations.add("closed twice");
		}
		this.closed = reason;
	}

	private final class VirtualClock extends Clock {

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			return START.plus(ConnectionHarness.this.elapsed);
		}

	}

}
