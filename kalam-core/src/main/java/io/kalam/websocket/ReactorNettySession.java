package io.kalam.websocket;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;

/**
 * A socket of Reactor Netty that is closed by the book: the close frame comes behind what
 * was written, and the client is listened to until it has seen it. (Closing a TCP
 * connection while the client still sends resets it, and a reset throws away what the
 * client has not read yet, the close frame with it.)
 */
final class ReactorNettySession extends ReactorNettyWebSocketSession {

	private static final int FRAGMENT = 16 * 1024;

	private static final String DECODER = "wsdecoder";

	private static final String ENCODER = "wsencoder";

	private final Channel channel;

	private final ClosingHandler closing;

	private final ChannelHandlerContext encoder;

	private ReactorNettySession(WebsocketInbound inbound, WebsocketOutbound outbound, HandshakeInfo info,
			NettyDataBufferFactory buffers, int maxMessageSize, Channel channel, ClosingHandler closing) {
		super(inbound, outbound, info, buffers, maxMessageSize);
		this.channel = channel;
		this.closing = closing;
		this.encoder = channel.pipeline().context(ENCODER);
	}

	/**
	 * Takes over a socket that has just been upgraded. Called by its event loop.
	 * @param inbound its one half
	 * @param outbound its other half
	 * @param info what is known of its request
	 * @param buffers makes buffers
	 * @param maxMessageSize the bytes of a message
	 * @return the session
	 */
	static ReactorNettySession open(WebsocketInbound inbound, WebsocketOutbound outbound, HandshakeInfo info,
			NettyDataBufferFactory buffers, int maxMessageSize) {
		ClosingHandler closing = new ClosingHandler(DECODER);
		Channel[] channel = new Channel[1];
		inbound.withConnection((connection) -> channel[0] = connection.channel());
		ChannelPipeline pipeline = channel[0].pipeline();
		pipeline.replace(DECODER, DECODER,
				new WebSocket13FrameDecoder(WebSocketDecoderConfig.newBuilder()
					.maxFramePayloadLength(maxMessageSize)
					.closeOnProtocolViolation(false)
					.build()));
		pipeline.addAfter(DECODER, ClosingHandler.NAME, closing);
		return new ReactorNettySession(inbound, outbound, info, buffers, maxMessageSize, channel[0], closing);
	}

	@Override
	public Flux<WebSocketMessage> receive() {
		return super.receive().onErrorMap(ReactorNettySession::isUnreadable, ReactorNettySession::unreadable);
	}

	private static boolean isUnreadable(Throwable ex) {
		return ex instanceof CorruptedWebSocketFrameException || ex instanceof TooLongFrameException;
	}

	private static Throwable unreadable(Throwable ex) {
		boolean violation = ex instanceof CorruptedWebSocketFrameException corrupted
				&& !corrupted.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
		InboundFrame frame = violation ? new InboundFrame.Unreadable() : new InboundFrame.TooLarge();
		return new WebFluxTransport.UnreadableFrameException(frame, ex);
	}

	/**
	 * What runs everything that happens to the socket.
	 */
	Executor eventLoop() {
		return this.channel.eventLoop();
	}

	/**
	 * Writes frames in order and flushes once. Called by any thread.
	 * @param frames the frames
	 * @param result is told when the last one has left, or that the socket has gone,
	 * unless it has left at once
	 * @return whether the last one has left
	 */
	boolean write(List<OutboundFrame> frames, ChannelFutureListener result) {
		if (this.channel.eventLoop().inEventLoop()) {
			ChannelFuture last = writeHere(frames);
			if (last.isSuccess()) {
				return true;
			}
			last.addListener(result);
		}
		else {
			this.channel.eventLoop().execute(() -> writeHere(frames).addListener(result));
		}
		return false;
	}

	private ChannelFuture writeHere(List<OutboundFrame> frames) {
		ChannelFuture last = null;
		for (OutboundFrame frame : frames) {
			last = write(frame);
		}
		this.encoder.flush();
		return Objects.requireNonNull(last);
	}

	private ChannelFuture write(OutboundFrame frame) {
		return switch (frame.kind()) {
			case TEXT ->
				(frame.payload().length <= FRAGMENT) ? writeWhole(frame.payload()) : writeFragments(frame.payload());
			case PING -> this.channel.write(new PingWebSocketFrame(Unpooled.wrappedBuffer(frame.payload())));
			case PONG -> this.channel.write(new PongWebSocketFrame(Unpooled.wrappedBuffer(frame.payload())));
		};
	}

	/**
	 * Writes what Netty's encoder would make of it, past the encoder. There are no
	 * extensions ({@link ReactorNettyUpgradeStrategy}) that it would have to go through.
	 */
	private ChannelFuture writeWhole(byte[] payload) {
		return this.encoder.write(RepeatedFrame.of(this.channel.alloc(), payload));
	}

	/**
	 * Writes a large message in fragments, so that it can be seen how they leave.
	 */
	private ChannelFuture writeFragments(byte[] payload) {
		int end = FRAGMENT;
		ChannelFuture written = this.channel
			.write(new TextWebSocketFrame(false, 0, Unpooled.wrappedBuffer(payload, 0, end)));
		for (int begin = end; begin < payload.length; begin = end) {
			end = Math.min(begin + FRAGMENT, payload.length);
			written = this.channel.write(new ContinuationWebSocketFrame(end == payload.length, 0,
					Unpooled.wrappedBuffer(payload, begin, end - begin)));
		}
		return written;
	}

	/**
	 * How many bytes have been given to the socket and not yet left.
	 * @return the number, 0 for a socket that has gone
	 */
	long pending() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
	}

	@Override
	public Mono<Void> close(CloseStatus status) {
		return this.closing.close(this.channel, status);
	}

}
