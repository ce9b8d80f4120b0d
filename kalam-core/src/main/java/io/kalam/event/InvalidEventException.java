package io.kalam.event;

/**
 * An event is not what its stream consists of. The message says why and what to change,
 * and holds no value.
 */
public class InvalidEventException extends IllegalArgumentException {

	/**
	 * An event is refused.
	 * @param message why
	 */
	public InvalidEventException(String message) {
		super(message);
	}

}
