package io.kalam.boot;

import java.util.List;
import java.util.function.Function;

/**
 * What is served to clients that authenticate with us, or need not: what the filter
 * chains of both stacks let through, and nothing else.
 */
final class ServedPaths {

	/**
	 * The client's scripts, and not all that an application may have below that path.
	 */
	private static final String SCRIPTS = "/kalam/*.js";

	private final List<String> patterns;

	/**
	 * The paths of an application.
	 * @param properties where its endpoints are
	 */
	ServedPaths(KalamProperties properties) {
		String socket = properties.websocket().path();
		this.patterns = properties.sse().enabled()
				? List.of(socket, properties.sse().path(), SCRIPTS, KalamTypesProperties.PATH)
				: List.of(socket, SCRIPTS, KalamTypesProperties.PATH);
	}

	/**
	 * Makes matchers of them.
	 * @param <M> what a stack calls a matcher
	 * @param matcher makes one of a pattern
	 * @return a matcher for each
	 */
	<M> List<M> matchers(Function<String, M> matcher) {
		return this.patterns.stream().map(matcher).toList();
	}

}
