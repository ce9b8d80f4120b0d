package io.kalam.websocket;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Which requests are not upgraded, and what they are answered with: the same on every
 * stack.
 */
final class UpgradePolicy {

	static final String WEBSOCKET = "websocket";

	static final String KEY = "Sec-WebSocket-Key";

	private static final Logger logger = LoggerFactory.getLogger(UpgradePolicy.class);

	private static final String VERSION = "13";

	private static final String VERSION_HEADER = "Sec-WebSocket-Version";

	private final RealtimeConnections connections;

	private final OriginPolicy origins;

	UpgradePolicy(WebSocketSettings settings, RealtimeConnections connections) {
		this.connections = connections;
		this.origins = new OriginPolicy(settings.allowedOrigins());
	}

	/**
	 * Decides about a request.
	 * @param method its method
	 * @param headers its headers
	 * @param upgrade what they say about who sends it
	 * @return the answer, or {@code null} if it is to be upgraded
	 */
	@Nullable Refusal refusal(HttpMethod method, HttpHeaders headers, UpgradeRequest upgrade) {
		Refusal refusal = find(method, headers, upgrade);
		if (refusal != null) {
			logger.debug("Refused a socket: {}", refusal.message());
			this.connections.refused(refusal.reason());
		}
		return refusal;
	}

	private @Nullable Refusal find(HttpMethod method, HttpHeaders headers, UpgradeRequest upgrade) {
		return isUpgrade(method, headers) ? find(headers, upgrade) : upgradeRequired();
	}

	/**
	 * Decides about a request for an event stream.
	 * @param headers its headers
	 * @param request what they say about who sends it
	 * @return the answer, or {@code null} if there may be one
	 */
	@Nullable Refusal streamRefusal(HttpHeaders headers, UpgradeRequest request) {
		Refusal refusal = find(headers, request);
		if (refusal != null) {
			logger.debug("Refused an event stream: {}", refusal.message());
			this.connections.refused(refusal.reason());
		}
		return refusal;
	}

	private @Nullable Refusal find(HttpHeaders headers, UpgradeRequest upgrade) {
		if (!this.origins.allows(headers)) {
			return new Refusal(UpgradeRefusal.ORIGIN, HttpStatus.FORBIDDEN, "Pages of this origin may not connect. "
					+ "If this one should, add its origin to kalam.websocket.allowed-origins.");
		}
		if (upgrade.hasTokenInQuery()) {
			return new Refusal(UpgradeRefusal.TOKEN_IN_QUERY, HttpStatus.BAD_REQUEST,
					"A token must not be in the query string, where it is logged. "
							+ "Send it in the 'Authorization' header, or to a socket in an 'authenticate' message.");
		}
		if (upgrade.isAmbiguous()) {
			return new Refusal(UpgradeRefusal.SEVERAL_TOKENS, HttpStatus.BAD_REQUEST,
					"Send one token: in the 'Authorization' header, "
							+ "in a sub-protocol, or in an 'authenticate' message.");
		}
		return this.connections.isAccepting() ? null : unavailable();
	}

	private static boolean isUpgrade(HttpMethod method, HttpHeaders headers) {
		return HttpMethod.GET.equals(method) && WEBSOCKET.equalsIgnoreCase(headers.getUpgrade())
				&& headers.getConnection().stream().anyMatch("upgrade"::equalsIgnoreCase)
				&& headers.getFirst(KEY) != null && VERSION.equals(headers.getFirst(VERSION_HEADER));
	}

	private static Refusal upgradeRequired() {
		Refusal refusal = new Refusal(UpgradeRefusal.NO_UPGRADE, HttpStatus.UPGRADE_REQUIRED,
				"Connect with a WebSocket, version " + VERSION + ".");
		refusal.headers().set(HttpHeaders.UPGRADE, WEBSOCKET);
		refusal.headers().set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
		refusal.headers().set(VERSION_HEADER, VERSION);
		return refusal;
	}

	private Refusal unavailable() {
		Refusal refusal = new Refusal(UpgradeRefusal.NOT_ACCEPTING, HttpStatus.SERVICE_UNAVAILABLE,
				"This server takes no sockets now: it stops, or another one serves them. Try again.");
		refusal.headers().set(HttpHeaders.RETRY_AFTER, Long.toString(this.connections.retryAfter().toSeconds()));
		return refusal;
	}

	/**
	 * Why a request is not upgraded.
	 *
	 * @param reason why, in one word
	 * @param status the answer's status
	 * @param headers its headers
	 * @param message what to do about it
	 */
	record Refusal(UpgradeRefusal reason, HttpStatus status, HttpHeaders headers, String message) {

		Refusal(UpgradeRefusal reason, HttpStatus status, String message) {
			this(reason, status, new HttpHeaders(), message);
			this.headers.setContentType(MediaType.TEXT_PLAIN);
		}

		byte[] body() {
			return this.message.getBytes(StandardCharsets.UTF_8);
		}

	}

}
