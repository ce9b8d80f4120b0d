package io.kalam.subscription;

import java.time.Duration;

import io.kalam.journal.JournalUnreadableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * Has a session polled again after a while because the journal can't be read for now.
 * Used under the session's lock.
 */
final class JournalRetry {

	/**
	 * How long the journal is left alone.
	 */
	static final Duration PAUSE = Duration.ofMillis(500);

	private static final Logger logger = LoggerFactory.getLogger(JournalRetry.class);

	private final Runnable wake;

	private @Nullable Disposable pending;

	/**
	 * A retry that is not wanted yet.
	 * @param wake has the session polled; may be called by any thread
	 */
	JournalRetry(Runnable wake) {
		this.wake = wake;
	}

	/**
	 * Has the session polled later.
	 */
	void after(JournalUnreadableException cause) {
		logger.debug("A session waits for the journal", cause);
		if (this.pending == null || this.pending.isDisposed()) {
			this.pending = Mono.delay(PAUSE).subscribe((tick) -> this.wake.run());
		}
	}

}
