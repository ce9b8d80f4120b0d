package io.kalam.benchmark;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Very many sockets, each of a user of its own, as cheap as can be: all that they do is
 * to count the transactions that come and to take the time of the last one.
 */
final class Spectators implements AutoCloseable {

	private static final byte[] TRANSACTION = bytes("{\"type\":\"transaction\"");

	private static final byte[] MARK = bytes(Crowd.MARK);

	private static final byte[] ERROR = bytes("{\"type\":\"error\"");

	private static final byte[] WELCOME = bytes("{\"type\":\"auth_success\"");

	private static final String AUTHENTICATE = "{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"%s\","
			+ "\"protocol\":{\"transactions\":true}}";

	private static final int AT_ONCE = 32;

	private static final int PATIENCE_SECONDS = 600;

	private static final int LARGEST_FRAME = 1 << 20;

	private final EventLoopGroup threads = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

	private final List<Spectator> spectators;

	private final Listener listener;

	private volatile CountDownLatch connected;

	private volatile CountDownLatch live;

	private volatile CountDownLatch arriving = new CountDownLatch(0);

	private volatile boolean tooMany;

	private volatile String error = "";

	/**
	 * Connects sockets, a few at once, and waits until all are authenticated.
	 * @param port the port of the server
	 * @param sockets how many
	 * @throws InterruptedException if the thread was interrupted
	 */
	Spectators(int port, int sockets) throws InterruptedException {
		this(port, sockets, (number, frame, time) -> {
		});
	}

	/**
	 * Connects sockets, a few at once, and waits until all are authenticated.
	 * @param port the port of the server
	 * @param sockets how many
	 * @param listener is told of each transaction, by several threads
	 * @throws InterruptedException if the thread was interrupted
	 */
	Spectators(int port, int sockets, Listener listener) throws InterruptedException {
		this.listener = listener;
		this.connected = new CountDownLatch(sockets);
		this.live = new CountDownLatch(0);
		Semaphore atOnce = new Semaphore(AT_ONCE);
		this.spectators = IntStream.range(0, sockets).mapToObj((number) -> new Spectator(number, atOnce)).toList();
		Bootstrap bootstrap = new Bootstrap().group(this.threads).channel(NioSocketChannel.class);
		for (Spectator spectator : this.spectators) {
			Assert.state(atOnce.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS),
					() -> "The server takes no more sockets. " + this.error);
			connect(bootstrap.clone(), port, spectator);
		}
		await(this.connected, "are not authenticated");
	}

	private static void connect(Bootstrap bootstrap, int port, Spectator spectator) {
		ChannelFuture connecting = bootstrap.handler(new ChannelInitializer<Channel>() {

			@Override
			protected void initChannel(Channel channel) {
				channel.pipeline()
					.addLast(new HttpClientCodec(), new HttpObjectAggregator(LARGEST_FRAME),
							new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
								.webSocketUri(URI.create("ws://127.0.0.1:" + port + "/v1/ws"))
								.maxFramePayloadLength(LARGEST_FRAME)
								.build()),
							spectator);
			}

		}).connect("127.0.0.1", port);
		connecting.addListener((result) -> Assert.state(result.isSuccess(), "A socket could not connect"));
	}

	/**
	 * Has all sockets subscribe, and waits until all subscriptions are live.
	 * @param messages the messages of a socket, by its number
	 * @return how long it took, in nanoseconds
	 * @throws InterruptedException if the thread was interrupted
	 */
	long subscribe(IntFunction<List<String>> messages) throws InterruptedException {
		List<List<String>> all = IntStream.range(0, this.spectators.size()).mapToObj(messages).toList();
		this.live = new CountDownLatch(all.stream().mapToInt(List::size).sum());
		long begin = System.nanoTime();
		for (int i = 0; i < all.size(); i++) {
			this.spectators.get(i).say(all.get(i));
		}
		await(this.live, "subscriptions are not live");
		return System.nanoTime() - begin;
	}

	/**
	 * Forgets what has come.
	 * @param each how many transactions each socket is about to be told of
	 */
	void expect(int each) {
		this.spectators.forEach((spectator) -> spectator.expected.set(each));
		this.arriving = new CountDownLatch(this.spectators.size());
	}

	/**
	 * Forgets what has come.
	 * @param number the socket that is about to be told of one transaction, alone
	 */
	void expectOnly(int number) {
		this.spectators.forEach((spectator) -> spectator.expected.set((spectator.number == number) ? 1 : 0));
		this.arriving = new CountDownLatch(1);
	}

	/**
	 * Waits until all that was expected has come.
	 * @return when the last of it came to each socket
	 * @throws InterruptedException if the thread was interrupted
	 */
	long[] await() throws InterruptedException {
		await(this.arriving, "sockets lack transactions");
		Assert.state(!this.tooMany, "A transaction has come twice, or to somebody whom it does not concern");
		return this.spectators.stream().mapToLong((spectator) -> spectator.time).toArray();
	}

	private void await(CountDownLatch latch, String what) throws InterruptedException {
		Assert.state(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS),
				() -> latch.getCount() + " " + what + ". " + this.error);
	}

	@Override
	public void close() {
		this.threads.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.US_ASCII);
	}

	static boolean begins(ByteBuf frame, byte[] with) {
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
	 * The user of a socket.
	 * @param number the socket's number
	 * @return the user's name
	 */
	static String user(int number) {
		return "user " + number;
	}

	/**
	 * Is told what comes to the sockets.
	 */
	interface Listener {

		void onTransaction(int number, ByteBuf frame, long time);

	}

	/**
	 * One socket.
	 */
	private final class Spectator extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		private final int number;

		private final Semaphore connecting;

		private volatile @Nullable Channel channel;

		private final AtomicInteger expected = new AtomicInteger();

		private volatile long time;

		Spectator(int number, Semaphore connecting) {
			this.number = number;
			this.connecting = connecting;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				this.channel = context.channel();
				say(List.of(AUTHENTICATE.formatted(user(this.number))));
			}
		}

		@Override
		public void channelInactive(ChannelHandlerContext context) {
			Spectators.this.error = "The server has closed a socket";
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
			ByteBuf content = frame.content();
			if (begins(content, TRANSACTION)) {
				this.time = System.nanoTime();
				Spectators.this.listener.onTransaction(this.number, content, this.time);
				count();
			}
			else if (begins(content, MARK)) {
				Spectators.this.live.countDown();
			}
			else if (begins(content, WELCOME)) {
				this.connecting.release();
				Spectators.this.connected.countDown();
			}
			else if (begins(content, ERROR)) {
				Spectators.this.error = content.toString(StandardCharsets.UTF_8);
			}
		}

		private void count() {
			int left = this.expected.decrementAndGet();
			if (left == 0) {
				Spectators.this.arriving.countDown();
			}
			else if (left < 0) {
				Spectators.this.tooMany = true;
			}
		}

		@SuppressWarnings("FutureReturnValueIgnored")
		void say(List<String> messages) {
			Channel open = this.channel;
			Assert.state(open != null, "The socket is open");
			messages.forEach((message) -> open.write(new TextWebSocketFrame(message)));
			open.flush();
		}

	}

}
