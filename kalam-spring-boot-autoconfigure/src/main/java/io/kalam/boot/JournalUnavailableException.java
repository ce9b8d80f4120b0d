package io.kalam.boot;

import org.jspecify.annotations.Nullable;

/**
 * The durable journal lacks the library that it is kept with.
 */
class JournalUnavailableException extends RuntimeException {

	private final String action;

	JournalUnavailableException(String message, String action, @Nullable Throwable cause) {
		super(message, cause);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
