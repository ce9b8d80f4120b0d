package io.kalam.subscription;

import io.kalam.catalog.Lsn;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * The beat of the heart that a session waits for, one at a time. Used under the session's
 * lock.
 */
final class SessionBeat {

	private final LiveSession session;

	private @Nullable Disposable awaited;

	private Lsn reached = Lsn.ZERO;

	SessionBeat(LiveSession session) {
		this.session = session;
	}

	/**
	 * Has the heart beat, unless it does so already or has done so behind a position.
	 * @param position the position
	 */
	void request(Lsn position) {
		if (position.isAfter(this.reached) && (this.awaited == null || this.awaited.isDisposed())) {
			this.awaited = this.session.engine()
				.heartbeat()
				.subscribe((end) -> this.session.resume(() -> this.reached = end), (ex) -> {
				});
		}
	}

	void cancel() {
		if (this.awaited != null) {
			this.awaited.dispose();
		}
	}

}
