package io.kalam.websocket;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.kalam.protocol.CloseReason;
import io.netty.channel.ChannelFuture;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * A socket of WebFlux.
 */
final class WebFluxTransport implements Transport {

	private final WebSocketSession session;

	private final RealtimeConnections connections;

	private final Connection connection;

	private final Receiver receiver;

	private final Sinks.Empty<Void> gone = Sinks.empty();

	/**
	 * A transport that waits for {@link #open}.
	 * @param session the socket
	 * @param token the token of the upgrade request, or {@code null}
	 * @param connections where the connection is kept
	 */
	WebFluxTransport(WebSocketSession session, @Nullable String token, RealtimeConnections connections) {
		this.session = session;
		this.receiver = new Receiver(token);
		this.connections = connections;
		this.connection = connections.create(this);
	}

	/**
	 * Starts.
	 * @return completes when the socket has gone
	 */
	Mono<Void> open() {
		this.connections.add(this.connection);
		this.session.receive().subscribe(this.receiver);
		return this.gone.asMono().doFinally((signal) -> {
			this.receiver.drop();
			this.connection.disconnected();
		});
	}

	@Override
	public @Nullable Executor eventLoop() {
		return (this.session instanceof ReactorNettySession netty) ? netty.eventLoop() : null;
	}

	@Override
	public boolean send(List<OutboundFrame> frames) {
		if (this.session instanceof ReactorNettySession netty) {
			return send(frames, netty);
		}
		this.session.send(drain(frames).map(this::message))
			.subscribe(null, (ex) -> this.gone.tryEmitEmpty(), this.connection::written);
		return false;
	}

	private boolean send(List<OutboundFrame> frames, ReactorNettySession netty) {
		try {
			return netty.write(frames, this::written);
		}
		catch (RejectedExecutionException ex) {
			this.gone.tryEmitEmpty();
			return false;
		}
	}

	private void written(ChannelFuture result) {
		if (result.isSuccess()) {
			this.connection.written();
		}
		else {
			this.gone.tryEmitEmpty();
		}
	}

	/**
	 * Emits frames and holds on to none that it has emitted: a socket that takes nothing
	 * more has a copy of its own of what it was given.
	 */
	static Flux<OutboundFrame> drain(List<OutboundFrame> frames) {
		Queue<OutboundFrame> left = new ArrayDeque<>(frames);
		return Flux.generate((sink) -> {
			OutboundFrame next = left.poll();
			if (next != null) {
				sink.next(next);
			}
			else {
				sink.complete();
			}
		});
	}

	@Override
	public long pending() {
		return (this.session instanceof ReactorNettySession netty) ? netty.pending() : 0;
	}

	@Override
	public void request() {
		this.receiver.request(1);
	}

	@Override
	public void close(CloseReason reason) {
		this.receiver.drop();
		this.session.close(new CloseStatus(reason.code(), reason.phrase()))
			.subscribe(null, (ex) -> this.gone.tryEmitEmpty(), this.gone::tryEmitEmpty);
	}

	private WebSocketMessage message(OutboundFrame frame) {
		DataBuffer payload = this.session.bufferFactory().wrap(frame.payload());
		return switch (frame.kind()) {
			case TEXT -> new WebSocketMessage(WebSocketMessage.Type.TEXT, payload);
			case PING -> new WebSocketMessage(WebSocketMessage.Type.PING, payload);
			case PONG -> new WebSocketMessage(WebSocketMessage.Type.PONG, payload);
		};
	}

	/**
	 * Takes frames from the client when they are asked for. Those that nobody will ask
	 * for have to be taken all the same: it is the taking that releases them.
	 */
	private final class Receiver extends BaseSubscriber<WebSocketMessage> {

		private @Nullable String token;

		private volatile boolean dropping;

		Receiver(@Nullable String token) {
			this.token = token;
		}

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			WebFluxTransport.this.connection.open(this.token);
			this.token = null;
		}

		void drop() {
			this.dropping = true;
			requestUnbounded();
		}

		@Override
		protected void hookOnNext(WebSocketMessage message) {
			if (this.dropping) {
				return;
			}
			WebFluxTransport.this.connection.received(switch (message.getType()) {
				case TEXT -> new InboundFrame.Text(bytes(message));
				case BINARY -> new InboundFrame.Binary();
				case PING -> new InboundFrame.Ping(bytes(message));
				case PONG -> new InboundFrame.Pong();
			});
		}

		@Override
		protected void hookOnComplete() {
			WebFluxTransport.this.gone.tryEmitEmpty();
		}

		@Override
		protected void hookOnError(Throwable ex) {
			if (ex instanceof UnreadableFrameException unreadable) {
				WebFluxTransport.this.connection.received(unreadable.frame());
			}
			else {
				WebFluxTransport.this.gone.tryEmitEmpty();
			}
		}

		private static byte[] bytes(WebSocketMessage message) {
			byte[] bytes = new byte[message.getPayload().readableByteCount()];
			message.getPayload().read(bytes);
			return bytes;
		}

	}

	/**
	 * The client has sent something that can't be read; the socket is still open.
	 */
	static final class UnreadableFrameException extends RuntimeException {

		private final transient InboundFrame frame;

		UnreadableFrameException(InboundFrame frame, Throwable cause) {
			super(cause);
			this.frame = frame;
		}

		InboundFrame frame() {
			return this.frame;
		}

	}

}
