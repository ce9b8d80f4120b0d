package io.kalam.benchmark;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.util.Assert;

/**
 * Sockets of one user with one subscription each, which look at nothing of a frame but
 * the ids in it.
 */
final class Audience implements AutoCloseable {

	private static final String AUTHENTICATE = "{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\""
			+ BenchmarkDatabase.OWNER + "\",\"protocol\":{\"transactions\":true}}";

	private static final String SUBSCRIBE = "{\"type\":\"subscribe\",\"subscription\":{\"id\":\"%s\",\"sql\":"
			+ "\"SELECT id, owner, status, body, created FROM %s WHERE status <> 'closed'\"}}";

	private static final int LARGEST_FRAME = 16 << 20;

	private final String subscribe;

	private final CountDownLatch subscribing;

	private final List<Disposable> sockets;

	private volatile @Nullable Arrivals arrivals;

	/**
	 * Connects sockets and waits until all have subscribed.
	 * @param port the port of the server
	 * @param sockets the number of sockets
	 * @param table the table to which they subscribe
	 * @throws InterruptedException if the thread was interrupted
	 */
	Audience(int port, int sockets, String table) throws InterruptedException {
		this.subscribe = subscribe(table);
		this.subscribing = new CountDownLatch(sockets);
		HttpClient client = HttpClient.create(ConnectionProvider.newConnection());
		this.sockets = IntStream.range(0, sockets).mapToObj((socket) -> connect(client, port, socket)).toList();
		Assert.state(this.subscribing.await(10, TimeUnit.SECONDS),
				() -> this.subscribing.getCount() + " sockets could not subscribe");
	}

	/**
	 * The message that subscribes to what happens to a table from now on.
	 * @param table the table, whose name is the subscription's
	 * @return the message
	 */
	static String subscribe(String table) {
		return SUBSCRIBE.formatted(table, table);
	}

	private Disposable connect(HttpClient client, int port, int socket) {
		return client.websocket(WebsocketClientSpec.builder().maxFramePayloadLength(LARGEST_FRAME).build())
			.uri("ws://127.0.0.1:" + port + "/v1/ws")
			.handle((in, out) -> listen(in, out, socket))
			.subscribe();
	}

	private Mono<Void> listen(WebsocketInbound in, WebsocketOutbound out, int socket) {
		say(out, AUTHENTICATE);
		// a large message comes in fragments, which end in the middle of an id
		return in.aggregateFrames(LARGEST_FRAME).receive().doOnNext((frame) -> hear(out, socket, frame)).then();
	}

	private static void say(WebsocketOutbound out, String message) {
		out.sendString(Mono.just(message)).then().subscribe();
	}

	private void hear(WebsocketOutbound out, int socket, ByteBuf frame) {
		long time = System.nanoTime();
		Arrivals current = this.arrivals;
		if (current != null) {
			RowIds.forEach(frame, (id) -> current.record(socket, id, time));
			return;
		}
		String text = frame.toString(StandardCharsets.UTF_8);
		if (text.contains("\"auth_success\"")) {
			say(out, this.subscribe);
		}
		else if (text.contains("\"subscription_ack\"")) {
			this.subscribing.countDown();
		}
	}

	/**
	 * Has the sockets record what they receive from now on.
	 * @param arrivals where to
	 */
	void record(Arrivals arrivals) {
		this.arrivals = arrivals;
	}

	@Override
	public void close() {
		this.sockets.forEach(Disposable::dispose);
	}

}
