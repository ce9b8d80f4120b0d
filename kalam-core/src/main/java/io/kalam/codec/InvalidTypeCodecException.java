package io.kalam.codec;

/**
 * A {@link RealtimeTypeCodec} can't be meant as it is.
 */
public class InvalidTypeCodecException extends RuntimeException {

	private final String action;

	/**
	 * A refusal.
	 * @param problem what is wrong, naming the codecs
	 * @param action what to do about it
	 */
	InvalidTypeCodecException(String problem, String action) {
		super(problem);
		this.action = action;
	}

	/**
	 * What to do about it.
	 * @return a sentence or two
	 */
	public String action() {
		return this.action;
	}

}
