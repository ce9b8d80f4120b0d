package io.kalam.websocket;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;

/**
 * Serves sockets of WebFlux.
 */
public final class RealtimeWebSocketHandler implements WebSocketHandler {

	private final RealtimeConnections connections;

	/**
	 * A handler.
	 * @param connections where the sockets are kept
	 */
	public RealtimeWebSocketHandler(RealtimeConnections connections) {
		this.connections = connections;
	}

	@Override
	public Mono<Void> handle(WebSocketSession session) {
		return handle(session, null);
	}

	/**
	 * Serves a socket.
	 * @param session the socket
	 * @param token the token that came with its upgrade request, {@code null} if the
	 * client has yet to authenticate
	 * @return completes when the socket has gone
	 */
	public Mono<Void> handle(WebSocketSession session, @Nullable String token) {
		return Mono.defer(() -> new WebFluxTransport(session, token, this.connections).open());
	}

	RealtimeConnections connections() {
		return this.connections;
	}

}
