package io.kalam.journal;

import org.jspecify.annotations.Nullable;

/**
 * The place where the journal is kept can't be used, and somebody has to do something.
 * The message says what.
 */
public class JournalUnusableException extends RuntimeException {

	/**
	 * A place that can't be used.
	 * @param message what is wrong and what to do
	 * @param cause what has found it, or {@code null}
	 */
	public JournalUnusableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
