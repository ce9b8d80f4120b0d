package io.kalam.websocket;

import io.kalam.access.RealtimeUser;
import io.kalam.websocket.EventStreamPolicy.RefusedStreamException;
import io.kalam.websocket.UpgradePolicy.Refusal;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * The endpoint of event streams in WebFlux: one subscription, told as server-sent events.
 */
public final class EventStreamEndpoint implements WebHandler {

	private static final int ORDER = -10;

	private final String path;

	private final RealtimeConnections connections;

	private final EventStreamPolicy policy;

	/**
	 * An endpoint.
	 * @param path where it is
	 * @param connections where the streams are kept, as sockets are
	 * @param settings who may use it
	 */
	public EventStreamEndpoint(String path, RealtimeConnections connections, WebSocketSettings settings) {
		this.path = path;
		this.connections = connections;
		this.policy = new EventStreamPolicy(settings, connections);
	}

	/**
	 * The mapping of the path to this endpoint, to be declared as a bean.
	 * @return the mapping
	 */
	public HandlerMapping mapping() {
		return new Mapping();
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		ServerHttpRequest http = exchange.getRequest();
		ServerHttpResponse response = exchange.getResponse();
		UpgradeRequest request = UpgradeRequest.of(http.getHeaders(), http.getQueryParams().keySet());
		this.policy.write(http.getHeaders(), response.getHeaders());
		Refusal refusal = this.policy.refusal(http.getMethod(), http.getHeaders(), request);
		if (refusal != null) {
			return refuse(response, refusal);
		}
		return this.policy.authenticate(request)
			.flatMap((user) -> open(user, http, response))
			.onErrorResume(RefusedStreamException.class, (ex) -> refuse(response, ex.refusal()));
	}

	private Mono<Void> open(RealtimeUser user, ServerHttpRequest request, ServerHttpResponse response) {
		MultiValueMap<String, String> query = request.getQueryParams();
		EventStreamRequest wanted = this.policy.read(query.getFirst("sql"), query.getFirst("params"),
				request.getHeaders());
		this.policy.begin(response.getHeaders());
		return new WebFluxEventStream(response, this.connections).open(user, wanted);
	}

	private static Mono<Void> refuse(ServerHttpResponse response, Refusal refusal) {
		response.setStatusCode(refusal.status());
		response.getHeaders().putAll(refusal.headers());
		return response.writeWith(Mono.just(response.bufferFactory().wrap(refusal.body())));
	}

	/**
	 * Leaves nothing to the application's own rules for other origins.
	 */
	private final class Mapping implements HandlerMapping, Ordered {

		@Override
		public Mono<Object> getHandler(ServerWebExchange exchange) {
			String requested = exchange.getRequest().getPath().pathWithinApplication().value();
			return requested.equals(EventStreamEndpoint.this.path) ? Mono.just(EventStreamEndpoint.this) : Mono.empty();
		}

		@Override
		public int getOrder() {
			return ORDER;
		}

	}

}
