package io.kalam.operations;

import org.springframework.util.Assert;

/**
 * A place in the history of one stream, from which a stream of the same rows of the same
 * table for the same owner can go on exactly. Can be kept as {@linkplain #toString()
 * text}, and outlives the process if the journal does. A client of the socket that asks
 * for the same has the same cursors.
 *
 * @param sequence the commit up to which everything was told, in decimal digits
 * @param epoch names the history that the sequence belongs to
 */
public record RealtimeCursor(String sequence, String epoch) {

	public RealtimeCursor {
		Assert.isTrue(isNumber(sequence), "a sequence is written in decimal digits");
		Assert.hasText(epoch, "a cursor has an epoch");
	}

	/**
	 * Reads the text of a cursor.
	 * @param text what {@link #toString()} has given
	 * @return the cursor
	 * @throws IllegalArgumentException if the text is none
	 */
	public static RealtimeCursor parse(String text) {
		int dot = text.indexOf('.');
		Assert.isTrue(dot > 0, "A cursor is a sequence, a dot and an epoch");
		return new RealtimeCursor(text.substring(0, dot), text.substring(dot + 1));
	}

	private static boolean isNumber(String text) {
		return !text.isEmpty() && text.length() <= 19 && text.chars().allMatch((c) -> c >= '0' && c <= '9');
	}

	/**
	 * The cursor as text.
	 * @return letters, digits, dots, dashes and underscores of ASCII
	 */
	@Override
	public String toString() {
		return this.sequence + '.' + this.epoch;
	}

}
