package io.kalam.protocol;

/**
 * Why a socket is closed by the server.
 */
public enum CloseReason {

	/** The server stops or is full. */
	GOING_AWAY(1001, "server going away"),

	/** A message was too large. */
	MESSAGE_TOO_LARGE(1009, "message too large"),

	/** Something failed that the client can't mend. */
	SERVER_ERROR(1011, "server error"),

	/** A message was no JSON object in a text frame. */
	MALFORMED(4400, "malformed message"),

	/** The token is missing, invalid or expired. */
	UNAUTHENTICATED(4401, "token missing, invalid or expired"),

	/** The token is another user's. */
	FORBIDDEN(4403, "token of another user"),

	/** Nobody authenticated in time. */
	AUTHENTICATION_TIMEOUT(4408, "authentication timeout"),

	/** Nothing could be written, or the client gave no sign of life. */
	STALLED(4409, "client stalled"),

	/** Too many messages, or too many sockets. */
	RATE_LIMIT(4429, "rate limit");

	private final int code;

	private final String phrase;

	CloseReason(int code, String phrase) {
		this.code = code;
		this.phrase = phrase;
	}

	/**
	 * The close code.
	 * @return the number on the wire
	 */
	public int code() {
		return this.code;
	}

	/**
	 * The close reason in words.
	 * @return at most 123 bytes of ASCII
	 */
	public String phrase() {
		return this.phrase;
	}

}
