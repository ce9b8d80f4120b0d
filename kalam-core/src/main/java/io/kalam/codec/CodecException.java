package io.kalam.codec;

/**
 * A value is not of the type that it was said to be of. The message names the type and
 * never the value.
 */
public class CodecException extends RuntimeException {

	/**
	 * A value that can't be converted.
	 * @param message which type refuses what sort of value
	 */
	public CodecException(String message) {
		super(message);
	}

	/**
	 * A value that can't be converted.
	 * @param message which type refuses what sort of value
	 * @param cause why
	 */
	public CodecException(String message, Throwable cause) {
		super(message, cause);
	}

}
