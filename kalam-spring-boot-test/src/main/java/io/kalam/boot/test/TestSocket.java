package io.kalam.boot.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.NestedExceptionUtils;

/**
 * The JDK's WebSocket, as far as the protocol needs it.
 */
final class TestSocket {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private static final JsonMapper JSON = JsonMapper.shared();

	private final WebSocket socket;

	private final Duration patience;

	private TestSocket(WebSocket socket, Duration patience) {
		this.socket = socket;
		this.patience = patience;
	}

	/**
	 * Connects.
	 * @param uri where to
	 * @param patience how long connecting and sending may take
	 * @param frames takes the frames, one after the other
	 * @param closed takes why the socket was closed by somebody else
	 * @return the open socket
	 * @throws AssertionError if it is not accepted
	 */
	static TestSocket connect(URI uri, Duration patience, Consumer<JsonNode> frames, Consumer<String> closed) {
		try {
			WebSocket socket = CLIENT.newWebSocketBuilder()
				.connectTimeout(patience)
				.buildAsync(uri, new Listener(frames, closed))
				.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS)
				.join();
			return new TestSocket(socket, patience);
		}
		catch (CompletionException ex) {
			throw new AssertionError("No socket was to be had at " + uri + ": "
					+ NestedExceptionUtils.getMostSpecificCause(ex).getMessage(), ex);
		}
	}

	void send(JsonNode message) {
		this.socket.sendText(message.toString(), true)
			.orTimeout(this.patience.toMillis(), TimeUnit.MILLISECONDS)
			.join();
	}

	void abort() {
		this.socket.abort();
	}

	private static final class Listener implements WebSocket.Listener {

		private final Consumer<JsonNode> frames;

		private final Consumer<String> closed;

		private final StringBuilder message = new StringBuilder();

		Listener(Consumer<JsonNode> frames, Consumer<String> closed) {
			this.frames = frames;
			this.closed = closed;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.message.append(data);
			if (last) {
				this.frames.accept(JSON.readTree(this.message.toString()));
				this.message.setLength(0);
			}
			webSocket.request(1);
			return null;
		}

		@Override
		public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			this.closed.accept(code + " " + reason);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			this.closed.accept(String.valueOf(error));
		}

	}

}
