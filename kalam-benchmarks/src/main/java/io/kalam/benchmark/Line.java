package io.kalam.benchmark;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPromise;
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
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;

import org.springframework.util.Assert;

/**
 * One socket of one user whose bytes are counted. Authenticates by itself.
 */
final class Line implements AutoCloseable {

	private static final String AUTHENTICATE = "{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"%s\","
			+ "\"protocol\":{\"transactions\":true}}";

	private static final int LARGEST_FRAME = 16 << 20;

	private static final int PATIENCE_SECONDS = 30;

	private final EventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Counter counter = new Counter();

	private final CountDownLatch welcome = new CountDownLatch(1);

	private final Channel channel;

	/**
	 * Connects and authenticates; does not wait for either.
	 * @param port the port of the server
	 * @param user the user
	 * @param first what to say as soon as the user is welcome
	 * @param frames takes the frames, by one thread
	 */
	Line(int port, String user, List<String> first, Consumer<ByteBuf> frames) {
		this.channel = new Bootstrap().group(this.thread)
			.channel(NioSocketChannel.class)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel opened) {
					opened.pipeline()
						.addLast(Line.this.counter, new HttpClientCodec(), new HttpObjectAggregator(LARGEST_FRAME),
								new WebSocketClientProtocolHandler(WebSocketClientProtocolConfig.newBuilder()
									.webSocketUri(URI.create("ws://127.0.0.1:" + port + "/v1/ws"))
									.maxFramePayloadLength(LARGEST_FRAME)
									.build()),
								new WebSocketFrameAggregator(LARGEST_FRAME), new Ear(user, first, frames));
				}

			})
			.connect("127.0.0.1", port)
			.syncUninterruptibly()
			.channel();
	}

	/**
	 * Waits until the user is welcome.
	 * @throws InterruptedException if the thread was interrupted
	 */
	void awaitWelcome() throws InterruptedException {
		Assert.state(this.welcome.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "The user is not welcome");
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	void say(String message) {
		this.channel.writeAndFlush(new TextWebSocketFrame(message));
	}

	/**
	 * When the connection was accepted.
	 * @return the time, that of {@code System.nanoTime()}
	 */
	long connectedAt() {
		return this.counter.connectedAt;
	}

	/**
	 * The bytes that went over the connection in both directions, those of the handshake
	 * and of the frames' heads included.
	 * @return the bytes
	 */
	long bytes() {
		return this.counter.bytes.get();
	}

	@Override
	public void close() {
		this.channel.close().syncUninterruptibly();
		this.thread.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/**
	 * Counts what comes and goes.
	 */
	private static final class Counter extends ChannelDuplexHandler {

		private final AtomicLong bytes = new AtomicLong();

		private volatile long connectedAt;

		@Override
		public void channelActive(ChannelHandlerContext context) throws Exception {
			this.connectedAt = System.nanoTime();
			super.channelActive(context);
		}

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
			count(message);
			super.channelRead(context, message);
		}

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
			count(message);
			super.write(context, message, promise);
		}

		private void count(Object message) {
			if (message instanceof ByteBuf buffer) {
				this.bytes.addAndGet(buffer.readableBytes());
			}
		}

	}

	/**
	 * Hears the frames.
	 */
	private final class Ear extends SimpleChannelInboundHandler<TextWebSocketFrame> {

		private static final byte[] WELCOME = "{\"type\":\"auth_success\"".getBytes(StandardCharsets.US_ASCII);

		private final String user;

		private final List<String> first;

		private final Consumer<ByteBuf> frames;

		Ear(String user, List<String> first, Consumer<ByteBuf> frames) {
			this.user = user;
			this.first = first;
			this.frames = frames;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext context, Object event) {
			if (event == WebSocketClientProtocolHandler.ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
				send(context, AUTHENTICATE.formatted(this.user));
			}
		}

		@Override
		protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
			if (Spectators.begins(frame.content(), WELCOME)) {
				this.first.forEach((message) -> send(context, message));
				Line.this.welcome.countDown();
			}
			else {
				this.frames.accept(frame.content());
			}
		}

		@SuppressWarnings("FutureReturnValueIgnored")
		private static void send(ChannelHandlerContext context, String message) {
			context.writeAndFlush(new TextWebSocketFrame(message));
		}

	}

}
