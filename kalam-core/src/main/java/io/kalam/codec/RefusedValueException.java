package io.kalam.codec;

/**
 * The codec of a type of the application's own has refused a value.
 */
public class RefusedValueException extends CodecException {

	private final String reason;

	/**
	 * A refusal.
	 * @param type the name of the type
	 * @param reason what the codec did, for whoever runs the application
	 */
	RefusedValueException(String type, String reason) {
		super("not a value of type " + type);
		this.reason = reason;
	}

	/**
	 * What the codec did.
	 * @return which codec it was and what it did, fit for a log: neither a value nor a
	 * message that could hold one
	 */
	public String reason() {
		return this.reason;
	}

}
