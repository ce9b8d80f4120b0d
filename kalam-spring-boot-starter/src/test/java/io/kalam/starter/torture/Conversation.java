package io.kalam.starter.torture;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client and the server say to each other on one connection: the chains, the parts
 * of large commits, and who has joined.
 */
final class Conversation {

	private final FrameSocket socket;

	private final Map<TortureQuery, TortureSubscription> subscriptions;

	private final TortureStorm storm;

	private final boolean mayExpire;

	private final Map<String, List<ObjectNode>> parts = new HashMap<>();

	private Sequence livePrevious;

	Conversation(FrameSocket socket, Map<TortureQuery, TortureSubscription> subscriptions, TortureStorm storm,
			boolean mayExpire) {
		this.socket = socket;
		this.subscriptions = subscriptions;
		this.storm = storm;
		this.mayExpire = mayExpire;
	}

	void send(ObjectNode message) throws IOException {
		this.socket.send(message.toString());
	}

	void take(ObjectNode frame) throws IOException {
		switch (frame.get("type").asString()) {
			case "auth_success" -> subscribeAll();
			case "subscription_ack" -> acknowledged(frame);
			case "initial_data_batch" -> batch(frame);
			case "transaction" -> transaction(frame);
			case "mark" -> mark(frame);
			case "error" -> refused(frame);
			default -> throw new AssertionError("Nothing of that sort was to come");
		}
	}

	private void subscribeAll() throws IOException {
		for (TortureSubscription subscription : this.subscriptions.values()) {
			subscribe(subscription);
		}
	}

	private void subscribe(TortureSubscription subscription) throws IOException {
		ObjectNode message = JsonMapper.shared().createObjectNode().put("type", "subscribe");
		ObjectNode options = message.putObject("subscription")
			.put("id", subscription.query().id())
			.put("sql", subscription.query().sql())
			.putObject("options");
		options.put("batch_size", 50);
		if (subscription.cursor() != null) {
			options.put("from", subscription.cursor().toString()).put("epoch", subscription.epoch());
		}
		send(message);
	}

	private void acknowledged(ObjectNode ack) {
		subscription(ack).acknowledged(ack);
		if (ack.get("resumed").asBoolean()) {
			this.storm.counts.resumes.incrementAndGet();
		}
	}

	private void batch(ObjectNode batch) {
		if (subscription(batch).batch(batch)) {
			this.storm.counts.snapshots.incrementAndGet();
		}
	}

	private void refused(ObjectNode error) throws IOException {
		TortureSubscription subscription = subscription(error);
		String code = error.get("code").asString();
		if (code.equals("CURSOR_EXPIRED")) {
			assertThat(this.mayExpire).as("a cursor may be refused").isTrue();
			this.storm.counts.expired.incrementAndGet();
			subscription.expired();
		}
		else {
			assertThat(code).as("what may happen while Postgres is away").isEqualTo("SUBSCRIPTION_FAILED");
		}
		subscribe(subscription);
	}

	private void transaction(ObjectNode frame) {
		String chain = frame.path("subscription_id").asString("");
		Sequence sequence = Sequence.parse(frame.get("seq").asString());
		assertThat(previous(frame)).as("the previous frame of the chain").isEqualTo(previousOf(chain));
		List<ObjectNode> changes = this.parts.computeIfAbsent(chain, (key) -> new ArrayList<>());
		frame.get("changes").forEach((change) -> changes.add((ObjectNode) change));
		if (!frame.get("last").asBoolean()) {
			this.storm.counts.parts.incrementAndGet();
			return;
		}
		this.parts.remove(chain);
		this.storm.counts.delivered.incrementAndGet();
		bySubscription(changes).forEach((subscription, own) -> {
			assertThat(subscription.isLive()).as("%s is on the chain", subscription.query()).isEqualTo(chain.isEmpty());
			subscription.commit(sequence, own, this.storm.book);
		});
		advance(chain, sequence);
	}

	private Map<TortureSubscription, List<ObjectNode>> bySubscription(List<ObjectNode> changes) {
		Map<TortureQuery, List<ObjectNode>> byQuery = new EnumMap<>(TortureQuery.class);
		changes.forEach((change) -> byQuery.computeIfAbsent(subscription(change).query(), (key) -> new ArrayList<>())
			.add(change));
		TortureSubscription mine = this.subscriptions.get(TortureQuery.MINE);
		TortureSubscription some = this.subscriptions.get(TortureQuery.SOME);
		if (mine.isLive() && some.isLive()) {
			assertThat(byQuery.containsKey(TortureQuery.MINE)).as("shown over all subscriptions")
				.isEqualTo(byQuery.containsKey(TortureQuery.SOME));
		}
		Map<TortureSubscription, List<ObjectNode>> bySubscription = new HashMap<>();
		byQuery.forEach((query, own) -> bySubscription.put(this.subscriptions.get(query), own));
		return bySubscription;
	}

	private void mark(ObjectNode mark) {
		String chain = mark.path("subscription_id").asString("");
		Sequence sequence = Sequence.parse(mark.get("seq").asString());
		assertThat(previous(mark)).as("the previous frame of the chain").isEqualTo(previousOf(chain));
		if (!chain.isEmpty()) {
			assertThat(sequence).as("joins where the live chain is").isEqualTo(this.livePrevious);
			subscription(mark).joined(sequence);
		}
		else {
			advance(chain, sequence);
		}
	}

	private void advance(String chain, Sequence sequence) {
		if (!chain.isEmpty()) {
			subscription(chain).advanceOwn(sequence);
			return;
		}
		assertThat(this.livePrevious == null || !this.livePrevious.isAfter(sequence)).as("the live chain goes on")
			.isTrue();
		this.livePrevious = sequence;
		this.subscriptions.values()
			.stream()
			.filter(TortureSubscription::isLive)
			.forEach((subscription) -> subscription.advance(sequence));
	}

	private Sequence previousOf(String chain) {
		return chain.isEmpty() ? this.livePrevious : subscription(chain).previous();
	}

	private static Sequence previous(JsonNode frame) {
		String previous = frame.get("prev").asString(null);
		return (previous != null) ? Sequence.parse(previous) : null;
	}

	private TortureSubscription subscription(JsonNode frame) {
		return subscription(frame.get("subscription_id").asString());
	}

	private TortureSubscription subscription(String id) {
		return this.subscriptions.get(TortureQuery.valueOf(id.toUpperCase(Locale.ROOT)));
	}

}
