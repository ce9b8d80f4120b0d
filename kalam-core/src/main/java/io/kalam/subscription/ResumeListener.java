package io.kalam.subscription;

/**
 * Is told how it goes on with a client that came back with a cursor: what was decided,
 * and after {@link ResumeOutcome#CONTINUED} one of the others, once. Called by any
 * thread, under a session's lock; has to return at once.
 */
public interface ResumeListener {

	/**
	 * Listens to nothing.
	 */
	ResumeListener NONE = new ResumeListener() {
	};

	/**
	 * It has been decided about the cursor. Anything but {@code CONTINUED} is the end.
	 * @param outcome what was decided
	 */
	default void decided(ResumeOutcome outcome) {
	}

	/**
	 * The client has been told what it had missed, and is live.
	 */
	default void caughtUp() {
	}

	/**
	 * The subscription has ended, or has to start again with a snapshot, before that.
	 */
	default void abandoned() {
	}

}
