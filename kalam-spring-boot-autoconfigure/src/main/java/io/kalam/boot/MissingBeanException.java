package io.kalam.boot;

/**
 * The application lacks something that Kalam can't do without.
 */
class MissingBeanException extends RuntimeException {

	private final String action;

	MissingBeanException(String message, String action) {
		super(message);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
