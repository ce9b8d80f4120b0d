package io.kalam.testing;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client of the protocol for tests: the JDK's WebSocket, the frames it was sent, and
 * waits that end.
 */
public final class RealtimeTestSocket implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	private final List<JsonNode> frames = new ArrayList<>();

	private final CompletableFuture<Closed> closed = new CompletableFuture<>();

	private final Listener listener = new Listener();

	private WebSocket socket;

	private int next;

	private RealtimeTestSocket() {
	}

	/**
	 * Connects without saying who it is.
	 */
	public static RealtimeTestSocket connect(URI uri) {
		return connect(uri, Map.of());
	}

	/**
	 * Connects with headers; {@code Sec-WebSocket-Protocol} may be among them.
	 */
	public static RealtimeTestSocket connect(URI uri, Map<String, String> headers) {
		return connect(CLIENT, uri, headers);
	}

	/**
	 * Connects with a client that trusts, for instance, a certificate of a test.
	 */
	public static RealtimeTestSocket connect(HttpClient client, URI uri, Map<String, String> headers) {
		RealtimeTestSocket socket = new RealtimeTestSocket();
		WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(PATIENCE);
		headers.forEach((name, value) -> {
			if (name.equalsIgnoreCase("Sec-WebSocket-Protocol")) {
				String[] offered = value.split(", *");
				builder.subprotocols(offered[0], List.of(offered).subList(1, offered.length).toArray(String[]::new));
			}
			else {
				builder.header(name, value);
			}
		});
		socket.socket = builder.buildAsync(uri, socket.listener)
			.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
			.join();
		return socket;
	}

	/**
	 * Connects and authenticates with a first message.
	 */
	public static RealtimeTestSocket authenticated(URI uri, String token) {
		RealtimeTestSocket socket = connect(uri);
		socket.authenticate(token);
		socket.await("auth_success");
		return socket;
	}

	/**
	 * Says who it is, and that it understands whole transactions.
	 */
	public void authenticate(String token) {
		ObjectNode message = JSON.createObjectNode()
			.put("type", "authenticate")
			.put("method", "jwt")
			.put("token", token);
		message.putObject("protocol").put("transactions", true);
		send(message.toString());
	}

	/**
	 * Subscribes with a snapshot.
	 */
	public void subscribe(String id, String sql) {
		ObjectNode message = JSON.createObjectNode().put("type", "subscribe");
		message.putObject("subscription").put("id", id).put("sql", sql).putObject("options");
		send(message.toString());
	}

	/**
	 * Sends a text message.
	 */
	public void send(String message) {
		this.socket.sendText(message, true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * The JDK's socket, for what is no message of the protocol.
	 */
	public WebSocket raw() {
		return this.socket;
	}

	/**
	 * Takes no more frames until {@link #resume()}.
	 */
	public void pause() {
		this.listener.paused = true;
	}

	/**
	 * Takes frames again.
	 */
	public void resume() {
		this.listener.paused = false;
		this.socket.request(1);
	}

	/**
	 * Waits for a frame that nobody has waited for yet, and passes over those before it.
	 */
	public JsonNode await(Predicate<JsonNode> predicate) {
		Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofMillis(2)).until(() -> find(predicate) >= 0);
		synchronized (this.frames) {
			int found = find(predicate);
			this.next = found + 1;
			return this.frames.get(found);
		}
	}

	/**
	 * Waits for a frame of a type.
	 */
	public JsonNode await(String type) {
		return await((frame) -> type.equals(frame.path("type").asString("")));
	}

	/**
	 * Waits until the socket is closed.
	 */
	public Closed awaitClosed() {
		return this.closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

	/**
	 * All frames that have come.
	 */
	public List<JsonNode> frames() {
		synchronized (this.frames) {
			return List.copyOf(this.frames);
		}
	}

	@Override
	public void close() {
		this.socket.abort();
	}

	private int find(Predicate<JsonNode> predicate) {
		synchronized (this.frames) {
			for (int i = this.next; i < this.frames.size(); i++) {
				if (predicate.test(this.frames.get(i))) {
					return i;
				}
			}
			return -1;
		}
	}

	/**
	 * How the socket was closed; the code is 1006 if without a close frame.
	 */
	public record Closed(int code, String reason) {

	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder message = new StringBuilder();

		private volatile boolean paused;

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.message.append(data);
			if (last) {
				synchronized (RealtimeTestSocket.this.frames) {
					RealtimeTestSocket.this.frames.add(JSON.readTree(this.message.toString()));
				}
				this.message.setLength(0);
			}
			if (!this.paused) {
				webSocket.request(1);
			}
			return null;
		}

		@Override
		public CompletionStage<?> onPong(WebSocket webSocket, ByteBuffer payload) {
			synchronized (RealtimeTestSocket.this.frames) {
				RealtimeTestSocket.this.frames.add(JSON.createObjectNode().put("pong", payload.remaining()));
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			RealtimeTestSocket.this.closed.complete(new Closed(code, reason));
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			RealtimeTestSocket.this.closed.complete(new Closed(1006, String.valueOf(error)));
		}

	}

}
