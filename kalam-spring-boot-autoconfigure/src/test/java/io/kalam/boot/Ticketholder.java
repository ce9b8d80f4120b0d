package io.kalam.boot;

import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import io.kalam.testing.RealtimeTestSocket;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/**
 * A client that keeps what it is told of its tickets, and resumes where it was.
 */
final class Ticketholder implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final String name;

	private final List<String> titles = new ArrayList<>();

	private RealtimeTestSocket socket;

	private int read;

	private String epoch = "";

	private String cursor = "";

	private boolean resumed;

	private int batches;

	Ticketholder(String name) {
		this.name = name;
	}

	/**
	 * Connects and subscribes, from its cursor if it has one. A server that refuses is
	 * asked again.
	 */
	void connect(URI server) {
		Awaitility.await()
			.atMost(PATIENCE)
			.pollDelay(Duration.ZERO)
			.ignoreExceptionsMatching((ex) -> ex instanceof CompletionException)
			.until(() -> {
				this.socket = RealtimeTestSocket.connect(server);
				return true;
			});
		this.read = 0;
		this.resumed = false;
		this.batches = 0;
		this.socket.authenticate(this.name);
		String from = this.cursor.isEmpty() ? "" : "\"from\":\"" + this.cursor + "\",\"epoch\":\"" + this.epoch + "\"";
		this.socket.send("{\"type\":\"subscribe\",\"subscription\":{\"id\":\"tickets\","
				+ "\"sql\":\"SELECT id, title FROM tickets\",\"options\":{" + from + "}}}");
	}

	/**
	 * The status of the server's refusal.
	 */
	static int refusal(URI server) {
		try (RealtimeTestSocket accepted = RealtimeTestSocket.connect(server)) {
			return accepted.frames().isEmpty() ? 101 : 0;
		}
		catch (CompletionException ex) {
			return ((WebSocketHandshakeException) ex.getCause()).getResponse().statusCode();
		}
	}

	/**
	 * Waits until the subscription is live.
	 */
	Ticketholder awaitLive() {
		this.socket.await((frame) -> "mark".equals(type(frame)) && frame.has("subscription_id"));
		return this;
	}

	/**
	 * Waits until it holds a ticket.
	 */
	void awaitTitle(String title) {
		Awaitility.await().pollDelay(Duration.ZERO).atMost(PATIENCE).until(() -> titles().contains(title));
	}

	/**
	 * Waits until it has been sent away, and takes in what it was sent before.
	 * @return after how many milliseconds it is to come back
	 */
	int awaitSentAway() {
		RealtimeTestSocket.Closed closed = this.socket.awaitClosed();
		titles();
		List<JsonNode> frames = this.socket.frames();
		JsonNode last = frames.get(frames.size() - 1);
		if (closed.code() != 1001 || !"goaway".equals(type(last))) {
			throw new AssertionError(this.name + " was not sent away in good order: " + closed + ", " + last);
		}
		return last.path("retry_after_ms").asInt();
	}

	/**
	 * The type of the last frame before it was sent away.
	 */
	String lastWord() {
		List<JsonNode> frames = this.socket.frames();
		return type(frames.get(frames.size() - 2));
	}

	/**
	 * All titles that it was told of, each as often as it was told.
	 */
	synchronized List<String> titles() {
		List<JsonNode> frames = this.socket.frames();
		frames.subList(this.read, frames.size()).forEach(this::take);
		this.read = frames.size();
		return this.titles;
	}

	private void take(JsonNode frame) {
		switch (type(frame)) {
			case "subscription_ack" -> {
				this.epoch = frame.get("epoch").asString();
				this.resumed = frame.get("resumed").asBoolean();
			}
			case "initial_data_batch" -> {
				this.batches++;
				frame.get("rows").forEach((row) -> this.titles.add(row.get("title").asString()));
			}
			case "transaction" -> {
				this.cursor = frame.get("seq").asString();
				frame.get("changes").forEach((change) -> this.titles.add(change.at("/row/title").asString()));
			}
			case "mark" -> this.cursor = frame.get("seq").asString();
			case "reset", "error" -> throw new AssertionError(this.name + " was told " + frame);
			default -> {
			}
		}
	}

	private static String type(JsonNode frame) {
		return frame.path("type").asString("");
	}

	String name() {
		return this.name;
	}

	/**
	 * Whether the last subscription was taken up from the cursor, without a snapshot.
	 */
	boolean hasResumed() {
		titles();
		return this.resumed && this.batches == 0;
	}

	/**
	 * Goes away, and keeps its cursor.
	 */
	void disconnect() {
		titles();
		this.socket.close();
	}

	@Override
	public void close() {
		if (this.socket != null) {
			this.socket.close();
		}
	}

}
