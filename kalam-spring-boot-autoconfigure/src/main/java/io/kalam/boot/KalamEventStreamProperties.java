package io.kalam.boot;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The endpoint of event streams (SSE), for clients without WebSocket. Everything else
 * about it is as for the WebSocket endpoint.
 *
 * @param enabled whether there is one
 * @param path path of the endpoint
 */
public record KalamEventStreamProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/v1/sse") String path) {

	public KalamEventStreamProperties {
		PropertyChecks.check(path.matches("/[^?#*{}\\s]*"), "sse.path", path,
				"It must be a path that begins with '/', without wildcards.");
	}

}
