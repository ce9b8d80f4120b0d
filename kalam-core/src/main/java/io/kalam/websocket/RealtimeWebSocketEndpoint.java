package io.kalam.websocket;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
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

	private static final Logger logger = LoggerFactory.getLogger(RealtimeWebSocketEndpoint.class);

	/**
	 * Before the mappings of router functions, controllers and resources, whose patterns
	 * may cover the path.
	 */
	private static final int ORDER = -10;

	private static final String VERSION = "13";

	private final RealtimeWebSocketHandler handler;

	private final WebSocketSettings settings;

	private final RequestUpgradeStrategy upgradeStrategy;

	private final OriginPolicy origins;

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
		this.origins = new OriginPolicy(settings.allowedOrigins());
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
		UpgradeRequest request = UpgradeRequest.of(exchange.getRequest());
		Refusal refusal = refusal(exchange.getRequest(), request);
		if (refusal != null) {
			logger.debug("Refused a socket: {}", refusal.message());
			this.handler.connections().refused(refusal.reason());
			return refuse(exchange.getResponse(), refusal);
		}
		String subProtocol = request.subProtocol();
		String token = request.token();
		URI uri = URI.create(this.settings.path());
		return this.upgradeStrategy.upgrade(exchange, (session) -> this.handler.handle(session, token), subProtocol,
				() -> new HandshakeInfo(uri, new HttpHeaders(), Mono.empty(), subProtocol));
	}

	private @Nullable Refusal refusal(ServerHttpRequest request, UpgradeRequest upgrade) {
		if (!isUpgrade(request)) {
			return new Refusal(UpgradeRefusal.NO_UPGRADE, HttpStatus.UPGRADE_REQUIRED,
					"Connect with a WebSocket, version " + VERSION + ".");
		}
		if (!this.origins.allows(request.getHeaders())) {
			return new Refusal(UpgradeRefusal.ORIGIN, HttpStatus.FORBIDDEN, "Pages of this origin may not connect. "
					+ "If this one should, add its origin to kalam.websocket.allowed-origins.");
		}
		if (upgrade.hasTokenInQuery()) {
			return new Refusal(UpgradeRefusal.TOKEN_IN_QUERY, HttpStatus.BAD_REQUEST,
					"A token must not be in the query string, where it is logged. "
							+ "Send it in an 'authenticate' message.");
		}
		if (upgrade.isAmbiguous()) {
			return new Refusal(UpgradeRefusal.SEVERAL_TOKENS, HttpStatus.BAD_REQUEST,
					"Send one token: in the 'Authorization' header, "
							+ "in a sub-protocol, or in an 'authenticate' message.");
		}
		return this.handler.connections().isAccepting() ? null
				: new Refusal(UpgradeRefusal.NOT_ACCEPTING, HttpStatus.SERVICE_UNAVAILABLE,
						"This server takes no sockets now: it stops, or another one serves them. Try again.");
	}

	private static boolean isUpgrade(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		return HttpMethod.GET.equals(request.getMethod()) && "websocket".equalsIgnoreCase(headers.getUpgrade())
				&& headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase)
				&& headers.getFirst("Sec-WebSocket-Key") != null
				&& VERSION.equals(headers.getFirst("Sec-WebSocket-Version"));
	}

	private Mono<Void> refuse(ServerHttpResponse response, Refusal refusal) {
		response.setStatusCode(refusal.status());
		response.getHeaders().setContentType(MediaType.TEXT_PLAIN);
		if (refusal.status() == HttpStatus.UPGRADE_REQUIRED) {
			response.getHeaders().set(HttpHeaders.UPGRADE, "websocket");
			response.getHeaders().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
			response.getHeaders().set("Sec-WebSocket-Version", VERSION);
		}
		if (refusal.status() == HttpStatus.SERVICE_UNAVAILABLE) {
			Duration delay = this.handler.connections().retryAfter();
			response.getHeaders().set(HttpHeaders.RETRY_AFTER, Long.toString(delay.toSeconds()));
		}
		byte[] body = refusal.message().getBytes(StandardCharsets.UTF_8);
		return response.writeWith(Mono.just(response.bufferFactory().wrap(body)));
	}

	/**
	 * Why a request is not upgraded.
	 *
	 * @param reason why, in one word
	 * @param status the answer's status
	 * @param message what to do about it
	 */
	private record Refusal(UpgradeRefusal reason, HttpStatus status, String message) {

	}

}
