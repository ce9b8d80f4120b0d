package io.kalam.websocket;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServletServerHttpRequest;

/**
 * The endpoint of the protocol in Tomcat: decides about upgrade requests and upgrades
 * them. It needs none of the container's WebSocket support, which answers pings by itself
 * and waits for the client while it does; after the upgrade a socket has no thread of
 * Tomcat's.
 */
public final class RealtimeServlet extends EndpointServlet {

	/**
	 * What the client's key is hashed with (RFC 6455, 4.2.2).
	 */
	private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private static final Duration LINGER = Duration.ofSeconds(5);

	private final transient RealtimeConnections connections;

	private final transient UpgradePolicy policy;

	/**
	 * An endpoint, to be registered with the path of the settings.
	 * @param connections where the sockets are kept
	 * @param settings who may use it
	 */
	public RealtimeServlet(RealtimeConnections connections, WebSocketSettings settings) {
		this.connections = connections;
		this.policy = new UpgradePolicy(settings, connections);
	}

	@Override
	UpgradePolicy.@Nullable Refusal refusal(ServletServerHttpRequest request, UpgradeRequest who) {
		return this.policy.refusal(request.getMethod(), request.getHeaders(), who);
	}

	@Override
	void serve(HttpServletRequest request, HttpServletResponse response, UpgradeRequest who)
			throws IOException, ServletException {
		accept(response, request.getHeader(UpgradePolicy.KEY), who.subProtocol());
		String token = who.token();
		request.upgrade(TomcatUpgradeHandler.class).giveTo((wire) -> open(wire, token));
	}

	private Wire.Listener open(Wire wire, @Nullable String token) {
		ServletTransport transport = new ServletTransport(wire, this.connections, LINGER);
		transport.open(token);
		return transport;
	}

	private static void accept(HttpServletResponse response, String key, @Nullable String subProtocol) {
		response.setHeader(HttpHeaders.UPGRADE, UpgradePolicy.WEBSOCKET);
		response.setHeader(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
		response.setHeader("Sec-WebSocket-Accept", hash(key + ACCEPT));
		if (subProtocol != null) {
			response.setHeader("Sec-WebSocket-Protocol", subProtocol);
		}
	}

	private static String hash(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

}
