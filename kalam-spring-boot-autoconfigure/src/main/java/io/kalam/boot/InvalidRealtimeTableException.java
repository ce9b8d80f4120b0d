package io.kalam.boot;

/**
 * An annotation that can't be meant as it is written.
 */
class InvalidRealtimeTableException extends RuntimeException {

	private final String action;

	InvalidRealtimeTableException(Class<?> type, String problem, String action) {
		super("@RealtimeTable on " + type.getName() + ": the type " + problem + ".");
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
