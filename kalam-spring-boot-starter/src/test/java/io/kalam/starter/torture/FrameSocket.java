package io.kalam.starter.torture;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket that takes the next message from the network when the one before has been
 * taken by its reader.
 */
final class FrameSocket implements AutoCloseable {

	private static final String END = "";

	private static final int LOST = 1006;

	private static final int PATIENCE = 30;

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final WebSocket socket;

	private volatile String end = "";

	FrameSocket(HttpClient client, URI uri) {
		this.socket = client.newWebSocketBuilder()
			.buildAsync(uri, new Listener())
			.orTimeout(PATIENCE, TimeUnit.SECONDS)
			.join();
	}

	void send(String message) {
		this.socket.sendText(message, true).orTimeout(PATIENCE, TimeUnit.SECONDS).join();
	}

	/**
	 * Waits for a message.
	 * @return the message, {@code null} if there is none yet
	 * @throws ClosedException if there will be none
	 */
	String next(long millis) throws InterruptedException, ClosedException {
		String message = this.received.poll(millis, TimeUnit.MILLISECONDS);
		if (END.equals(message)) {
			throw new ClosedException(this.end);
		}
		if (message != null) {
			this.socket.request(1);
		}
		return message;
	}

	@Override
	public void close() {
		this.socket.abort();
	}

	/**
	 * The other side is gone; with a message if it has said so.
	 */
	static final class ClosedException extends Exception {

		ClosedException(String message) {
			super(message);
		}

	}

	private final class Listener implements WebSocket.Listener {

		private final StringBuilder message = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
			this.message.append(data);
			if (last) {
				FrameSocket.this.received.add(this.message.toString());
				this.message.setLength(0);
			}
			else {
				webSocket.request(1);
			}
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
			end((code == LOST) ? "" : "closed with " + code + ' ' + reason);
			return null;
		}

		@Override
		public void onError(WebSocket webSocket, Throwable error) {
			end("");
		}

		private void end(String how) {
			FrameSocket.this.end = how;
			FrameSocket.this.received.add(END);
		}

	}

}
