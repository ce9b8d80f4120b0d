package io.kalam.protocol;

/**
 * A message that is no JSON object in UTF-8. Its sender does not speak the protocol: an
 * error answers it and the socket is closed.
 */
public final class MalformedMessageException extends ProtocolException {

	/**
	 * A message that can't be read.
	 * @param message what the client should change; fit for a stranger
	 */
	public MalformedMessageException(String message) {
		super(message, null);
	}

}
