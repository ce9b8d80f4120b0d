package io.kalam.websocket;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;

/**
 * Upgrades requests of Reactor Netty: no compression, pings left to the connection (they
 * count as messages, and a client that does not read its pongs must cost nothing), and a
 * message that is too large answered before the socket is closed. The upgrade runs on the
 * socket's event loop wherever the request was looked at (Spring's session store moves it
 * to another thread): elsewhere it races with the client's first frame, which is then
 * lost about once in a hundred times.
 */
public final class ReactorNettyUpgradeStrategy implements RequestUpgradeStrategy {

	private final int maxMessageSize;

	/**
	 * A strategy.
	 * @param maxMessageSize the bytes that a message may have
	 */
	public ReactorNettyUpgradeStrategy(int maxMessageSize) {
		this.maxMessageSize = maxMessageSize;
	}

	@Override
	public Mono<Void> upgrade(ServerWebExchange exchange, WebSocketHandler handler, @Nullable String subProtocol,
			Supplier<HandshakeInfo> handshakeInfo) {
		ServerHttpResponse response = exchange.getResponse();
		HttpServerResponse nettyResponse = ServerHttpResponseDecorator.getNativeResponse(response);
		NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
		Scheduler eventLoop = eventLoop(nettyResponse);
		if (eventLoop == null) {
			return Mono.error(AbortedException.beforeSend());
		}
		HandshakeInfo info = handshakeInfo.get();
		WebsocketServerSpec spec = spec(subProtocol);
		Mono<Void> upgrade = Mono
			.defer(() -> nettyResponse.sendWebsocket(
					(inbound, outbound) -> handler
						.handle(ReactorNettySession.open(inbound, outbound, info, buffers, this.maxMessageSize)),
					spec));
		return response.setComplete().then(upgrade.subscribeOn(eventLoop));
	}

	/**
	 * The socket's event loop, {@code null} if the client has gone, which leaves a
	 * channel without one.
	 */
	private static @Nullable Scheduler eventLoop(HttpServerResponse response) {
		AtomicReference<@Nullable Scheduler> eventLoop = new AtomicReference<>();
		response.withConnection((connection) -> {
			Channel channel = connection.channel();
			if (channel.isRegistered()) {
				eventLoop.set(Schedulers.fromExecutor(channel.eventLoop()));
			}
		});
		return eventLoop.get();
	}

	private WebsocketServerSpec spec(@Nullable String subProtocol) {
		WebsocketServerSpec.Builder builder = WebsocketServerSpec.builder()
			.maxFramePayloadLength(this.maxMessageSize)
			.compress(false)
			.handlePing(true);
		return ((subProtocol != null) ? builder.protocols(subProtocol) : builder).build();
	}

}
