package io.kalam.benchmark;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * What a bare server answers, so that the sockets that listen to Kalam can listen to it:
 * a welcome to whoever says a name, and to everything else that it is accepted and live.
 */
final class Answers {

	private static final List<String> WELCOME = List.of("{\"type\":\"auth_success\"}");

	private static final List<String> LIVE = List.of("{\"type\":\"subscription_ack\"}", Crowd.MARK + ":\"items\"}");

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]*)\"");

	private Answers() {
	}

	static List<String> to(String message) {
		return message.contains("\"authenticate\"") ? WELCOME : LIVE;
	}

	/**
	 * The name that a message says.
	 * @param message the message
	 * @return the name, {@code null} if it says none
	 */
	static @Nullable String name(String message) {
		Matcher token = TOKEN.matcher(message);
		return token.find() ? token.group(1) : null;
	}

}
