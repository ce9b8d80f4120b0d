package io.kalam.websocket;

import java.net.URI;
import java.util.Map;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The endpoint of the protocol: decides about upgrade requests and upgrades them. It is
 * no {@code WebSocketHandler} to WebFlux, so that whatever the application has set up for
 * its own sockets neither touches it nor is touched.
 */
public final class RealtimeWebSocketEndpoint implements WebHandler {

	/**
	 * Before the mappings of router functions, controllers and resources, whose patterns
	 * may cover the path.
	 */
	private static final int ORDER = -10;

	private final RealtimeWebSocketHandler handler;

	private final WebSocketSettings settings;

	private final RequestUpgradeStrategy upgradeStrategy;

	private final UpgradePolicy policy;

	/**
	 * An endpoint.
	 * @param handler serves the sockets
	 * @param settings where the endpoint is and who may use it
	 * @param upgradeStrategy upgrades requests; a {@link ReactorNettyUpgradeStrategy}
	 * unless the server is another one
	 */
	public RealtimeWebSocketEndpoint(RealtimeWebSocketHandler handler, WebSocketSettings settings,
			RequestUpgradeStrategy upgradeStrategy) {
		this.handler = handler;
		this.settings = settings;
		this.upgradeStrategy = upgradeStrategy;
		this.policy = new UpgradePolicy(settings, handler.connections());
	}

	/**
	 * The mapping of the path to this endpoint, to be declared as a bean.
	 * @return the mapping
	 */
	public HandlerMapping mapping() {
		return new SimpleUrlHandlerMapping(Map.of(this.settings.path(), this), ORDER);
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest http = exchange.getRequest();
		UpgradeRequest request = UpgradeRequest.of(http.getHeaders(), http.getQueryParams().keySet());
		UpgradePolicy.Refusal refusal = this.policy.refusal(http.getMethod(), http.getHeaders(), request);
		if (refusal != null) {
			return refuse(exchange.getResponse(), refusal);
		}
		String subProtocol = request.subProtocol();
		String token = request.token();
		URI uri = URI.create(this.settings.path());
		return this.upgradeStrategy.upgrade(exchange, (session) -> this.handler.handle(session, token), subProtocol,
				() -> new HandshakeInfo(uri, new HttpHeaders(), Mono.empty(), subProtocol));
	}

	private static Mono<Void> refuse(ServerHttpResponse response, UpgradePolicy.Refusal refusal) {
		response.setStatusCode(refusal.status());
		response.getHeaders().putAll(refusal.headers());
		return response.writeWith(Mono.just(response.bufferFactory().wrap(refusal.body())));
	}

}
