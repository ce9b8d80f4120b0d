package io.kalam.websocket;

import java.nio.charset.StandardCharsets;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.ProtocolException;
import io.kalam.websocket.UpgradePolicy.Refusal;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Which requests get an event stream, and what the others are answered with: the same on
 * every stack.
 */
final class EventStreamPolicy {

	static final String LAST_EVENT_ID = "Last-Event-ID";

	private final RealtimeConnections connections;

	private final UpgradePolicy policy;

	private final OriginPolicy origins;

	EventStreamPolicy(WebSocketSettings settings, RealtimeConnections connections) {
		this.connections = connections;
		this.policy = new UpgradePolicy(settings, connections);
		this.origins = new OriginPolicy(settings.allowedOrigins());
	}

	/**
	 * Decides about a request, as far as that can be done at once.
	 * @param method its method
	 * @param headers its headers
	 * @param request what they say about who sends it
	 * @return the answer, or {@code null} if whoever sends it has to be authenticated
	 */
	@Nullable Refusal refusal(HttpMethod method, HttpHeaders headers, UpgradeRequest request) {
		if (HttpMethod.OPTIONS.equals(method) && this.origins.allows(headers)) {
			return preflight();
		}
		if (!HttpMethod.GET.equals(method)) {
			Refusal refusal = counted(UpgradeRefusal.METHOD, HttpStatus.METHOD_NOT_ALLOWED, "Send a GET.");
			refusal.headers().set(HttpHeaders.ALLOW, "GET, OPTIONS");
			return refusal;
		}
		Refusal refusal = this.policy.streamRefusal(headers, request);
		return (refusal != null || request.bearer() != null) ? refusal
				: unauthenticated(AuthenticationFailure.NO_TOKEN, "Send a token: Authorization: Bearer ….");
	}

	private Refusal counted(UpgradeRefusal reason, HttpStatus status, String message) {
		this.connections.refused(reason);
		return new Refusal(reason, status, message);
	}

	private static Refusal preflight() {
		Refusal answer = new Refusal(UpgradeRefusal.NO_UPGRADE, HttpStatus.OK, "");
		answer.headers().set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, "GET");
		answer.headers().set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, "Authorization, " + LAST_EVENT_ID);
		answer.headers().set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, "3600");
		return answer;
	}

	/**
	 * What every answer says: pages of other origins that are allowed may read it, and
	 * nobody may keep it.
	 * @param request the request's headers
	 * @param response the response's headers
	 */
	void write(HttpHeaders request, HttpHeaders response) {
		String origin = request.getOrigin();
		response.set(HttpHeaders.VARY, HttpHeaders.ORIGIN);
		response.setCacheControl("no-store");
		if (origin != null && this.origins.allows(request)) {
			response.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
		}
	}

	/**
	 * What the head of a stream says besides: what it is, and that no proxy may collect
	 * it.
	 * @param response the response's headers
	 */
	void begin(HttpHeaders response) {
		response.setContentType(new MediaType(MediaType.TEXT_EVENT_STREAM, StandardCharsets.UTF_8));
		response.set("X-Accel-Buffering", "no");
	}

	/**
	 * Finds out who sends a request.
	 * @param request the request
	 * @return the user, or {@link RefusedStreamException}
	 */
	Mono<RealtimeUser> authenticate(UpgradeRequest request) {
		return this.connections.authenticate(String.valueOf(request.bearer()))
			.onErrorMap((ex) -> new RefusedStreamException((ex instanceof RefusedTokenException refused)
					? unauthenticated(refused.reason(), String.valueOf(ex.getMessage())) : undecided()));
	}

	private Refusal unauthenticated(AuthenticationFailure reason, String message) {
		this.connections.authenticationFailed(reason);
		Refusal refusal = new Refusal(UpgradeRefusal.NO_UPGRADE, HttpStatus.UNAUTHORIZED, message);
		refusal.headers().set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
		return refusal;
	}

	private Refusal undecided() {
		this.connections.authenticationFailed(AuthenticationFailure.UNAVAILABLE);
		Refusal refusal = new Refusal(UpgradeRefusal.NOT_ACCEPTING, HttpStatus.SERVICE_UNAVAILABLE,
				"The token could not be checked. Try again.");
		refusal.headers().set(HttpHeaders.RETRY_AFTER, Long.toString(this.connections.retryAfter().toSeconds()));
		return refusal;
	}

	/**
	 * Reads what a request asks for.
	 * @param sql the query, as it came
	 * @param params its parameters, as they came
	 * @param headers the request's headers
	 * @return what is asked for
	 * @throws RefusedStreamException if it can't be read
	 */
	EventStreamRequest read(@Nullable String sql, @Nullable String params, HttpHeaders headers) {
		try {
			return EventStreamRequest.of(this.connections.reader(), sql, params, headers.getFirst(LAST_EVENT_ID));
		}
		catch (ProtocolException ex) {
			throw new RefusedStreamException(
					counted(UpgradeRefusal.MALFORMED, HttpStatus.BAD_REQUEST, ex.getMessage()));
		}
	}

	/**
	 * A request gets no stream.
	 */
	static final class RefusedStreamException extends RuntimeException {

		private final transient Refusal refusal;

		RefusedStreamException(Refusal refusal) {
			super(refusal.message(), null, false, false);
			this.refusal = refusal;
		}

		Refusal refusal() {
			return this.refusal;
		}

	}

}
