package io.kalam.subscription;

/**
 * Whether a session is told when the head moves: as long as one of its subscriptions has
 * to know. Used under the session's lock.
 */
final class HeadWatch {

	private final LiveSession session;

	private final LiveSessions sessions;

	private boolean watching;

	HeadWatch(LiveSession session, LiveSessions sessions) {
		this.session = session;
		this.sessions = sessions;
	}

	/**
	 * Begins or ends. The head may have moved before the beginning: then the session is
	 * polled.
	 * @param wanted whether it has to be told
	 */
	void set(boolean wanted) {
		if (wanted == this.watching) {
			return;
		}
		this.watching = wanted;
		if (wanted) {
			this.sessions.follow(this.session);
			this.session.wake();
		}
		else {
			this.sessions.unfollow(this.session);
		}
	}

}
