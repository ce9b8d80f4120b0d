package io.kalam.benchmark;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.netty.resources.ConnectionProvider;

import org.springframework.util.Assert;

/**
 * Many sockets, each of a user of its own, that connect, subscribe, and are live when
 * each of their subscriptions has been marked. They look at nothing of a frame but its
 * begin, and can stop reading altogether.
 */
final class Crowd implements AutoCloseable {

	/** How the mark of a subscription begins. */
	static final String MARK = "{\"type\":\"mark\",\"subscription_id\"";

	private static final byte[] MARKED = MARK.getBytes(StandardCharsets.US_ASCII);

	private static final byte[] TRANSACTION = "{\"type\":\"transaction\"".getBytes(StandardCharsets.US_ASCII);

	private static final byte[] WELCOME = "{\"type\":\"auth_success\"".getBytes(StandardCharsets.US_ASCII);

	private static final String AUTHENTICATE = "{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"%s\","
			+ "\"protocol\":{\"transactions\":true}}";

	private static final int AT_ONCE = 64;

	private static final int PATIENCE_SECONDS = 60;

	private static final int SMALL_SOCKET_BUFFER = 4096;

	private final HttpClient client;

	private final String url;

	private final List<Member> members;

	private final LongAdder transactions = new LongAdder();

	private volatile CountDownLatch marks = new CountDownLatch(0);

	private volatile boolean stalled;

	/**
	 * Connects sockets, a few at once, and waits until all are authenticated.
	 * @param port the port of the server
	 * @param sockets the number of sockets
	 * @param small whether the sockets' buffers are as small as can be
	 */
	Crowd(int port, int sockets, boolean small) {
		HttpClient plain = HttpClient.create(ConnectionProvider.newConnection());
		this.client = small ? plain.option(ChannelOption.SO_RCVBUF, SMALL_SOCKET_BUFFER) : plain;
		this.url = "ws://127.0.0.1:" + port + "/v1/ws";
		this.members = IntStream.range(0, sockets).mapToObj(Member::new).toList();
		Flux.fromIterable(this.members)
			.flatMap(Member::connect, AT_ONCE)
			.then()
			.block(Duration.ofSeconds(PATIENCE_SECONDS));
	}

	/**
	 * Has all sockets say something at once, and waits until all are live.
	 * @param messages one for each subscription
	 * @return how long each socket took, and all of them
	 * @throws InterruptedException if the thread was interrupted
	 */
	Going subscribe(List<String> messages) throws InterruptedException {
		this.marks = new CountDownLatch(this.members.size() * messages.size());
		long begin = System.nanoTime();
		this.members.forEach((member) -> member.say(messages));
		Assert.state(this.marks.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
				() -> this.marks.getCount() + " subscriptions are not live");
		long[] each = this.members.stream().mapToLong((member) -> member.markedAt - begin).toArray();
		return new Going(Distribution.of(each), this.transactions.sum());
	}

	/**
	 * Has all sockets stop reading.
	 */
	void stall() {
		this.stalled = true;
	}

	/**
	 * Says that every socket should still be open.
	 */
	void check() {
		long gone = this.members.stream().filter((member) -> member.ended.asMono().toFuture().isDone()).count();
		Assert.state(gone == 0, () -> gone + " sockets have been closed");
	}

	@Override
	public void close() {
		this.members.forEach(Member::dispose);
		Flux.fromIterable(this.members)
			.flatMap((member) -> member.ended.asMono(), this.members.size())
			.then()
			.block(Duration.ofSeconds(PATIENCE_SECONDS));
	}

	private static boolean begins(ByteBuf frame, byte[] with) {
		if (frame.readableBytes() < with.length) {
			return false;
		}
		for (int i = 0; i < with.length; i++) {
			if (frame.getByte(frame.readerIndex() + i) != with[i]) {
				return false;
			}
		}
		return true;
	}

	/**
	 * How a crowd became live.
	 *
	 * @param times how long each socket took, since all were told to begin
	 * @param transactions how many transactions came
	 */
	record Going(Distribution times, long transactions) {

	}

	/**
	 * One socket.
	 */
	private final class Member extends BaseSubscriber<ByteBuf> {

		private final int number;

		private final Sinks.Empty<Void> welcome = Sinks.empty();

		private final Sinks.Empty<Void> ended = Sinks.empty();

		private volatile @Nullable WebsocketOutbound out;

		private volatile long markedAt;

		Member(int number) {
			this.number = number;
		}

		Mono<Void> connect() {
			Crowd.this.client.websocket().uri(Crowd.this.url).handle(this::listen).subscribe(null, (ex) -> {
				this.welcome.tryEmitError(ex);
				this.ended.tryEmitEmpty();
			}, this.ended::tryEmitEmpty);
			return this.welcome.asMono();
		}

		private Mono<Void> listen(WebsocketInbound in, WebsocketOutbound answers) {
			this.out = answers;
			say(List.of(AUTHENTICATE.formatted(MissedHistory.user(this.number))));
			in.receive().subscribe(this);
			Sinks.Empty<Void> over = this.ended;
			return over.asMono();
		}

		void say(List<String> messages) {
			WebsocketOutbound answers = this.out;
			Assert.state(answers != null, "The socket is open");
			answers.sendString(Flux.fromIterable(messages)).then().subscribe();
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			subscription.request(1);
		}

		@Override
		protected void hookOnNext(ByteBuf frame) {
			if (begins(frame, TRANSACTION)) {
				Crowd.this.transactions.increment();
			}
			else if (begins(frame, MARKED)) {
				this.markedAt = System.nanoTime();
				Crowd.this.marks.countDown();
			}
			else if (begins(frame, WELCOME)) {
				this.welcome.tryEmitEmpty();
			}
			if (!Crowd.this.stalled) {
				request(1);
			}
		}

		@Override
		protected void hookOnComplete() {
			this.ended.tryEmitEmpty();
		}

		@Override
		protected void hookOnError(Throwable ex) {
			this.welcome.tryEmitError(ex);
			this.ended.tryEmitEmpty();
		}

		@Override
		protected void hookOnCancel() {
			this.ended.tryEmitEmpty();
		}

	}

}
