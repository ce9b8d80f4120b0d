package io.kalam.boot;

import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoint of event streams (SSE), for clients without WebSocket. Everything else
 * about it is as for the WebSocket endpoint.
 *
 * @param enabled whether there is one
 * @param path path of the endpoint
 */
public record KalamEventStreamProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/v1/sse") String path) {

	/**
	 * The client's scripts, and not all that an application may have below that path.
	 */
	private static final String SCRIPTS = "/kalam/*.js";

	public KalamEventStreamProperties {
		PropertyChecks.check(path.matches("/[^?#*{}\\s]*"), "sse.path", path,
				"It must be a path that begins with '/', without wildcards.");
	}

	/**
	 * What is served to clients that authenticate with us, or need not.
	 * @param socket the path of the WebSocket endpoint
	 * @return the patterns of the paths
	 */
	List<String> pathsBeside(String socket) {
		return this.enabled ? List.of(socket, this.path, SCRIPTS, KalamTypesProperties.PATH)
				: List.of(socket, SCRIPTS, KalamTypesProperties.PATH);
	}

}
