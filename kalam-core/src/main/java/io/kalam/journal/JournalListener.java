package io.kalam.journal;

/**
 * Is told what a journal does. Called by the thread that does it; has to return at once.
 */
@FunctionalInterface
public interface JournalListener {

	/**
	 * Listens to nothing.
	 */
	JournalListener NONE = (nanos) -> {
	};

	/**
	 * What was appended has been written to the disk, in one batch, and synced.
	 * @param nanos how long writing and syncing took, in nanoseconds
	 */
	void synced(long nanos);

}
