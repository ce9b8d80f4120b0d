package io.kalam.boot.test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A user's socket and subscriptions. The socket may be lost and come back; what the
 * subscriptions hold stays.
 */
final class UserSession {

	private final TestEnvironment environment;

	private final String token;

	private final Monitor monitor = new Monitor();

	private final Map<String, SubscriptionState> subscriptions = new LinkedHashMap<>();

	private final FrameDispatcher frames = new FrameDispatcher(this.subscriptions);

	private @Nullable TestSocket socket;

	private @Nullable String closed = "not connected yet";

	private int names;

	private final AtomicInteger connections = new AtomicInteger();

	UserSession(TestEnvironment environment, String token) {
		this.environment = environment;
		this.token = token;
	}

	/**
	 * Connects if there is no socket, and authenticates.
	 */
	void connect() {
		if (isConnected()) {
			return;
		}
		int connection = this.connections.incrementAndGet();
		this.monitor.change(() -> {
			this.closed = null;
			this.frames.begin();
		});
		this.socket = TestSocket.connect(this.environment.address().uri(), this.environment.patience(),
				(frame) -> ofConnection(connection, () -> this.frames.dispatch(frame)),
				(reason) -> ofConnection(connection, () -> this.closed = reason));
		ObjectNode message = JsonMapper.shared().createObjectNode();
		message.put("type", "authenticate").put("method", "jwt").put("token", this.token);
		message.putObject("protocol").put("transactions", true);
		send(message);
		await(this.frames::isAuthenticated, "to be authenticated");
	}

	private void ofConnection(int connection, Runnable change) {
		this.monitor.change(() -> {
			if (connection == this.connections.get() && this.closed == null) {
				change.run();
			}
		});
	}

	boolean isConnected() {
		return this.monitor.look(() -> this.closed == null);
	}

	/**
	 * Subscribes, and waits until the subscription is live or refused.
	 */
	SubscriptionState subscribe(SubscriptionQuery query) {
		if (this.connections.get() == 0) {
			connect();
		}
		SubscriptionState state = new SubscriptionState("subscription-" + ++this.names, query);
		start(state);
		return state;
	}

	/**
	 * Tells an event, and waits until it is committed or refused.
	 */
	RealtimeTestPublication publish(String stream, Map<String, ?> row) {
		if (this.connections.get() == 0) {
			connect();
		}
		String id = "event-" + ++this.names;
		ObjectNode message = JsonMapper.shared().createObjectNode();
		message.put("type", "publish").put("id", id).put("table", stream);
		message.set("row", JsonMapper.shared().valueToTree(row));
		send(message);
		await(() -> this.frames.answer(id) != null, "to be told that an event of " + stream + " is published");
		JsonNode answer = this.monitor.look(() -> Objects.requireNonNull(this.frames.answer(id)));
		boolean refused = answer.path("type").asString("").equals("error");
		return new RealtimeTestPublication(stream, refused ? answer.path("code").asString("") : null,
				refused ? answer.path("message").asString("") : null);
	}

	private void start(SubscriptionState state) {
		ObjectNode message = this.monitor.look(() -> {
			this.subscriptions.put(state.id(), state);
			return state.subscribe();
		});
		send(message);
		await(() -> state.isLive() || state.isEnded(), "to be told that '" + state.query().sql() + "' is live");
	}

	/**
	 * Loses the socket, as if the network had failed.
	 */
	void disconnect() {
		TestSocket lost = this.socket;
		if (lost != null) {
			lost.abort();
		}
		this.monitor.change(() -> {
			if (this.closed == null) {
				this.closed = "disconnected by the test";
			}
			this.subscriptions.values().forEach((state) -> state.disconnected(this.frames.live()));
		});
	}

	/**
	 * Connects again, and goes on with every subscription that has not ended.
	 */
	void reconnect() {
		connect();
		List<SubscriptionState> all = this.monitor.look(() -> new ArrayList<>(this.subscriptions.values()));
		all.stream().filter((state) -> !state.isEnded()).forEach(this::start);
	}

	/**
	 * Waits until a subscription has been told everything that was committed before the
	 * call, or has ended.
	 */
	void settle(SubscriptionState state) {
		if (this.monitor.look(state::isEnded)) {
			return;
		}
		requireConnection();
		Lsn fence = this.environment.fence().now();
		await(() -> state.isLive() || state.isEnded(), "to be told that '" + state.query().sql() + "' is live again");
		while (!this.monitor.look(() -> state.isEnded() || hasReached(state, fence))) {
			probe(state.query());
		}
	}

	private boolean hasReached(SubscriptionState state, Lsn fence) {
		return !fence.isAfter(new Sequence(state.position(this.frames.live())).lsn());
	}

	/**
	 * Subscribes once more and unsubscribes: a subscription joins the live chain at a
	 * place that is not before its snapshot, and all others are there too then.
	 */
	private void probe(SubscriptionQuery query) {
		SubscriptionState probe = subscribe(query);
		this.monitor.change(() -> this.subscriptions.remove(probe.id()));
		if (probe.isEnded()) {
			throw new AssertionError("Whether everything has come can't be told: " + probe.view(0).history());
		}
		send(JsonMapper.shared().createObjectNode().put("type", "unsubscribe").put("subscription_id", probe.id()));
	}

	SubscriptionView view(SubscriptionState state) {
		return this.monitor.look(() -> state.view(this.frames.live()));
	}

	boolean await(BooleanSupplier condition, Duration patience) {
		return this.monitor.await(condition, patience);
	}

	private void await(BooleanSupplier condition, String what) {
		boolean ended = this.monitor.await(() -> condition.getAsBoolean() || this.closed != null,
				this.environment.patience());
		if (!this.monitor.look(condition::getAsBoolean)) {
			throw new AssertionError("Waited " + (ended ? "" : this.environment.patience().toSeconds() + " s ") + what
					+ (ended ? ", but the socket is closed: " + this.closed : "") + this.frames.explanation());
		}
	}

	private void send(JsonNode message) {
		TestSocket current = requireConnection();
		current.send(message);
	}

	private TestSocket requireConnection() {
		TestSocket current = this.socket;
		if (current == null || !isConnected()) {
			throw new IllegalStateException("There is no connection (" + this.closed + "): call reconnect() first");
		}
		return current;
	}

}
