package io.kalam.journal;

/**
 * The thread was interrupted while it waited for the journal. Its interrupt status is
 * set.
 */
public class JournalInterruptedException extends RuntimeException {

	/**
	 * An interruption.
	 * @param cause the interruption
	 */
	public JournalInterruptedException(InterruptedException cause) {
		super("Interrupted while waiting for the journal", cause);
		Thread.currentThread().interrupt();
	}

}
