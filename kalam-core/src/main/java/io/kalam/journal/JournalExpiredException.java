package io.kalam.journal;

import io.kalam.sequence.Sequence;

/**
 * The journal no longer reaches back to a position.
 */
public class JournalExpiredException extends RuntimeException {

	/**
	 * History has been forgotten.
	 * @param wanted where the reader wanted to begin
	 * @param lowWater where the history begins
	 */
	public JournalExpiredException(Sequence wanted, Sequence lowWater) {
		super("The journal begins after " + lowWater + ", which is behind " + wanted);
	}

}
