package io.kalam.websocket;

import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.util.ReferenceCountUtil;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.CloseStatus;

/**
 * Closes a socket of Netty: sends the close frame, then drops what the client still sends
 * until it answers or a few seconds have passed. Stands behind the decoder; used by the
 * event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class ClosingHandler extends ChannelInboundHandlerAdapter {

	static final String NAME = "kalam.closing";

	private static final long LINGER_SECONDS = 5;

	private final String decoder;

	private boolean corrupted;

	private boolean closing;

	/**
	 * A handler that lets everything through until it has to close.
	 * @param decoder the name of the handler that decodes frames
	 */
	ClosingHandler(String decoder) {
		this.decoder = decoder;
	}

	/**
	 * Closes. Called by any thread.
	 * @param channel the socket
	 * @param status why
	 * @return completes when the socket has gone
	 */
	Mono<Void> close(Channel channel, CloseStatus status) {
		return Mono.create((sink) -> {
			channel.closeFuture().addListener((future) -> sink.success());
			channel.eventLoop().execute(() -> start(channel, status));
		});
	}

	private void start(Channel channel, CloseStatus status) {
		if (!this.closing && channel.isActive()) {
			this.closing = true;
			channel.writeAndFlush(new CloseWebSocketFrame(status.getCode(), status.getReason()));
			channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
			channel.config().setAutoRead(true);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (!this.closing && !this.corrupted) {
			ctx.fireChannelRead(message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (message instanceof CloseWebSocketFrame) {
			ctx.close();
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable ex) {
		boolean first = !this.corrupted;
		if (first && ex instanceof CorruptedWebSocketFrameException) {
			this.corrupted = true;
			ctx.pipeline().remove(this.decoder);
		}
		if (first && !this.closing) {
			ctx.fireExceptionCaught(ex);
		}
	}

}
