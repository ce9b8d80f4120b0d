package io.kalam.websocket;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.CloseReason;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * An event stream of WebFlux. The body is a sequence of groups, each written and flushed
 * before the next is asked for anything; so a chunk has been written when the empty group
 * behind it is subscribed to.
 */
final class WebFluxEventStream implements Transport {

	private static final int SLICE = 16 * 1024;

	/**
	 * How long a client may take for what was written before the end.
	 */
	private static final Duration LINGER = Duration.ofSeconds(5);

	private final ServerHttpResponse response;

	private final RealtimeConnections connections;

	private final Connection connection;

	private final Sinks.Many<Flux<DataBuffer>> body = Sinks.many().unicast().onBackpressureBuffer();

	private final @Nullable Channel channel;

	private volatile boolean ended;

	private @Nullable Future<?> linger;

	/**
	 * A stream that waits for {@link #open}.
	 * @param response what it is written to
	 * @param connections where the connection is kept
	 */
	WebFluxEventStream(ServerHttpResponse response, RealtimeConnections connections) {
		this.response = response;
		this.connections = connections;
		this.connection = connections.create(this);
		this.channel = channel(response);
	}

	private static @Nullable Channel channel(ServerHttpResponse response) {
		Channel[] channel = new Channel[1];
		if (ServerHttpResponseDecorator.getNativeResponse(response) instanceof HttpServerResponse netty) {
			netty.withConnection((connection) -> channel[0] = connection.channel());
		}
		return channel[0];
	}

	/**
	 * Starts.
	 * @param user whose it is
	 * @param request what the user follows
	 * @return completes when the stream has ended
	 */
	Mono<Void> open(RealtimeUser user, EventStreamRequest request) {
		this.connections.add(this.connection);
		this.connection.open(user, request);
		return this.response.writeAndFlushWith(this.body.asFlux()).doFinally((signal) -> {
			this.ended = true;
			this.connection.disconnected();
			this.connection.execute(this::end);
		});
	}

	private void end() {
		if (this.linger != null) {
			this.linger.cancel(false);
		}
	}

	@Override
	public boolean send(List<OutboundFrame> frames) {
		emit(EventStreamWriter.write(frames));
		this.body.tryEmitNext(Flux.<DataBuffer>empty().doOnSubscribe((subscription) -> this.connection.written()));
		return false;
	}

	private void emit(byte[] bytes) {
		if (bytes.length > 0) {
			this.body.tryEmitNext(slices(bytes));
		}
	}

	/**
	 * In slices, so that it can be seen how they leave.
	 */
	private Flux<DataBuffer> slices(byte[] bytes) {
		return Flux.range(0, (bytes.length + SLICE - 1) / SLICE).map((slice) -> {
			int begin = slice * SLICE;
			int end = Math.min(bytes.length, begin + SLICE);
			return this.response.bufferFactory().wrap(Arrays.copyOfRange(bytes, begin, end));
		});
	}

	@Override
	public long pending() {
		ChannelOutboundBuffer buffer = (this.channel != null) ? this.channel.unsafe().outboundBuffer() : null;
		return (buffer != null) ? buffer.totalPendingWriteBytes() : 0;
	}

	/**
	 * The client has nothing to say.
	 */
	@Override
	public void request() {
	}

	@Override
	public void close(CloseReason reason) {
		emit(EventStreamWriter.writeClose(reason));
		this.body.tryEmitComplete();
		this.linger = this.connections.later(LINGER, this::cut);
	}

	@SuppressWarnings("FutureReturnValueIgnored")
	private void cut() {
		if (this.channel != null && !this.ended) {
			this.channel.close();
		}
	}

}
