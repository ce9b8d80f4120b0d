package io.kalam.codec;

/**
 * A value of a type of the application's own.
 *
 * @param text what Postgres prints
 * @param json what the codec has made of it, as JSON text
 */
public record OwnValue(String text, String json) {

	/**
	 * Never tells the value: it must not reach a log.
	 */
	@Override
	public String toString() {
		return "A value of " + this.text.length() + " characters";
	}

}
