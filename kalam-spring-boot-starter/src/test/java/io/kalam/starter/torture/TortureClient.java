package io.kalam.starter.torture;

import java.io.IOException;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

import io.kalam.catalog.Lsn;
import io.kalam.starter.TokensOfTests;
import io.kalam.starter.torture.FrameSocket.ClosedException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A client that connects, subscribes to everything there is, leaves at any moment and
 * comes back with its cursors. Some read slowly, and now and then not at all.
 */
final class TortureClient implements Runnable {

	private static final JsonMapper JSON = JsonMapper.shared();

	private final String user;

	private final boolean slow;

	private final ApplicationProcess application;

	private final TortureStorm storm;

	private final BooleanSupplier journalIsDurable;

	private final Random random;

	private final Map<TortureQuery, TortureSubscription> subscriptions = new EnumMap<>(TortureQuery.class);

	private Conversation conversation;

	private int cursorsFrom;

	TortureClient(String user, boolean slow, ApplicationProcess application, TortureStorm storm,
			BooleanSupplier journalIsDurable, long seed) {
		this.user = user;
		this.slow = slow;
		this.application = application;
		this.storm = storm;
		this.journalIsDurable = journalIsDurable;
		this.random = new Random(seed);
		for (TortureQuery query : TortureQuery.values()) {
			this.subscriptions.put(query, new TortureSubscription(query, user));
		}
	}

	@Override
	public void run() {
		while (!this.storm.isOver()) {
			URI uri = this.application.uri();
			if (uri != null) {
				connect(uri);
			}
			this.storm.pause(20 + this.random.nextInt(200));
		}
	}

	private void connect(URI uri) {
		int start = this.application.starts();
		try (FrameSocket socket = new FrameSocket(uri)) {
			this.storm.counts.connections.incrementAndGet();
			boolean mayExpire = !this.journalIsDurable.getAsBoolean() && start > this.cursorsFrom;
			begin(new Conversation(socket, this.subscriptions, this.storm, mayExpire));
			converse(socket, start);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ClosedException ex) {
			check(ex);
		}
		catch (IOException ex) {
			this.storm.pause(20);
		}
		finally {
			disconnected();
		}
	}

	private static void check(ClosedException cause) {
		if (!cause.getMessage().isEmpty()) {
			throw new AssertionError("A client was sent away: " + cause.getMessage(), cause);
		}
	}

	private synchronized void begin(Conversation begun) throws IOException {
		this.conversation = begun;
		ObjectNode message = JSON.createObjectNode()
			.put("type", "authenticate")
			.put("method", "jwt")
			.put("token", TokensOfTests.of(this.user));
		message.putObject("protocol").put("transactions", true);
		begun.send(message);
	}

	private void converse(FrameSocket socket, int start) throws InterruptedException, ClosedException, IOException {
		int patience = patience();
		while (!this.storm.isOver() && (patience > 0 || this.storm.isCalm())) {
			String message = socket.next(20);
			if (message != null) {
				take(message, start);
			}
			patience--;
			dawdle();
		}
	}

	private int patience() {
		return switch (this.random.nextInt(4)) {
			case 0 -> this.random.nextInt(12);
			case 1 -> this.random.nextInt(100);
			default -> this.random.nextInt(1500);
		};
	}

	private void dawdle() {
		if (this.slow && !this.storm.isCalm()) {
			this.storm.pause((this.random.nextInt(100) == 0) ? 3000 : this.random.nextInt(10));
		}
	}

	private synchronized void take(String message, int start) throws IOException {
		try {
			this.conversation.take((ObjectNode) JSON.readTree(message));
		}
		catch (AssertionError ex) {
			throw new AssertionError(this + System.lineSeparator() + "was told: " + message, ex);
		}
		if (this.subscriptions.values().stream().allMatch(TortureSubscription::isLive)) {
			this.cursorsFrom = start;
		}
	}

	private synchronized void disconnected() {
		this.conversation = null;
		this.subscriptions.values().forEach((subscription) -> subscription.disconnected(this.random.nextBoolean()));
	}

	/**
	 * Whether it has been told everything up to a position.
	 */
	synchronized boolean isCompleteUpTo(Lsn end) {
		return this.subscriptions.values()
			.stream()
			.allMatch((subscription) -> subscription.isLive() && !end.isAfter(subscription.cursor().lsn()));
	}

	/**
	 * Compares each of its subscriptions with Postgres.
	 */
	synchronized void compare(Comparison comparison) {
		this.subscriptions.values().forEach((subscription) -> {
			comparison.check(subscription);
			subscription.compared();
			this.storm.counts.comparisons.incrementAndGet();
		});
	}

	@Override
	public String toString() {
		return (this.slow ? "slow " : "") + this.user + ((this.conversation != null) ? " connected " : " away ")
				+ this.subscriptions.values();
	}

}
