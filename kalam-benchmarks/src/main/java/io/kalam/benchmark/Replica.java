package io.kalam.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.util.Assert;

/**
 * The rows that a client has, with what it needs to go on after it was cut off. Frames
 * are applied by one thread; that the rows are compared with others is not in any time.
 */
final class Replica {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final int PATIENCE_SECONDS = 60;

	private final Map<String, String> rows;

	private volatile String epoch;

	private volatile String cursor;

	private volatile boolean live;

	private volatile @Nullable Goal goal;

	/**
	 * A client that has nothing yet.
	 */
	Replica() {
		this(Map.of(), "", "");
	}

	private Replica(Map<String, String> rows, String epoch, String cursor) {
		this.rows = new TreeMap<>(rows);
		this.epoch = epoch;
		this.cursor = cursor;
	}

	/**
	 * The same client after it was cut off.
	 */
	Replica afterwards() {
		return new Replica(this.rows, this.epoch, this.cursor);
	}

	/**
	 * What the client asks for when it comes back, or for the first time.
	 * @param delivery what it wants of changes that wait
	 */
	String options(String delivery) {
		String from = this.cursor.isEmpty() ? "" : ",\"from\":\"" + this.cursor + "\",\"epoch\":\"" + this.epoch + "\"";
		return "{\"deliver\":\"" + delivery + "\"" + from + "}";
	}

	/**
	 * Says what the client is to be equal to, and to be live; to be called before it
	 * connects or while nothing comes.
	 * @param expected the bodies of the rows, by their ids
	 */
	void expect(Map<String, String> expected) {
		this.goal = new Goal(expected);
	}

	void apply(ByteBuf frame) {
		JsonNode message = JSON.readTree(frame.toString(StandardCharsets.UTF_8));
		switch (message.path("type").asString()) {
			case "subscription_ack" -> this.epoch = message.path("epoch").asString();
			case "initial_data_batch" -> message.path("rows").forEach(this::put);
			case "transaction" -> message.path("changes").forEach(this::change);
			case "mark" -> mark(message);
			default -> throw new IllegalStateException(message.toString());
		}
		check();
	}

	private void mark(JsonNode mark) {
		this.cursor = mark.path("seq").asString();
		this.live |= mark.has("subscription_id");
	}

	private void change(JsonNode change) {
		if (change.path("op").asString().equals("delete")) {
			this.rows.remove(change.path("old").path("id").asString());
		}
		else {
			put(change.path("row"));
		}
	}

	private void put(JsonNode row) {
		this.rows.put(row.path("id").asString(), row.path("body").asString());
	}

	private void check() {
		Goal current = this.goal;
		if (current == null) {
			return;
		}
		long applied = System.nanoTime();
		if (current.equalAt == 0 && this.rows.size() == current.expected.size() && this.rows.equals(current.expected)) {
			current.equalAt = applied;
		}
		if (current.equalAt != 0 && this.live) {
			current.reached.countDown();
		}
	}

	/**
	 * Waits until the client is equal to what is expected, and live.
	 * @return when it was equal
	 * @throws InterruptedException if the thread was interrupted
	 */
	long await() throws InterruptedException {
		Goal current = this.goal;
		Assert.state(current != null, "Something is expected");
		Assert.state(current.reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
				() -> "The client has " + this.rows.size() + " rows, and should have " + current.expected.size());
		return current.equalAt;
	}

	/**
	 * What a client is to be.
	 */
	private static final class Goal {

		private final Map<String, String> expected;

		private final CountDownLatch reached = new CountDownLatch(1);

		private volatile long equalAt;

		Goal(Map<String, String> expected) {
			this.expected = expected;
		}

	}

}
