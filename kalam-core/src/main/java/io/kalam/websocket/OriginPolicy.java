package io.kalam.websocket;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;

/**
 * From which pages a socket may be opened. Only browsers say where they come from; a
 * client that does not is no page.
 * <p>
 * The endpoint's own origin is told by host and port. The scheme is not compared: behind
 * a proxy that terminates TLS we would not know our own.
 */
final class OriginPolicy {

	private final CorsConfiguration allowed = new CorsConfiguration();

	OriginPolicy(List<String> allowedOrigins) {
		this.allowed.setAllowedOriginPatterns(allowedOrigins);
	}

	boolean allows(HttpHeaders headers) {
		String origin = headers.getOrigin();
		if (origin == null) {
			return true;
		}
		if (origin.equals("null")) {
			return false;
		}
		return isSame(origin, headers.getHost()) || this.allowed.checkOrigin(origin) != null;
	}

	private static boolean isSame(String origin, @Nullable InetSocketAddress host) {
		if (host == null) {
			return false;
		}
		try {
			URI page = new URI(origin);
			int defaultPort = "https".equals(page.getScheme()) ? 443 : 80;
			return host.getHostString().equalsIgnoreCase(page.getHost())
					&& port(host.getPort(), defaultPort) == port(page.getPort(), defaultPort);
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	private static int port(int port, int defaultPort) {
		return (port > 0) ? port : defaultPort;
	}

}
