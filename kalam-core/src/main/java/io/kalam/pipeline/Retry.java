package io.kalam.pipeline;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time between a failure of capture and the next attempt: says what has failed, and
 * waits. Used by one thread, the pipeline's.
 */
final class Retry {

	private static final Logger logger = LoggerFactory.getLogger(Retry.class);

	private final Backoff backoff;

	private final StatusBoard board;

	private final Heart heart;

	private final Signal signal;

	Retry(Backoff backoff, StatusBoard board, Heart heart, Signal signal) {
		this.backoff = backoff;
		this.board = board;
		this.heart = heart;
		this.signal = signal;
	}

	/**
	 * Returns when it is time to try again, or when the thread was interrupted, whose
	 * interrupt is kept.
	 * @param ex what has ended capture
	 */
	void after(RuntimeException ex) {
		PipelineFailure failure = PipelineFailure.of(ex);
		if (!failure.foreseen()) {
			logger.error("Capture has failed in a way that was not foreseen", ex);
		}
		Duration pause = this.backoff.next();
		this.board.change(failure.state(), failure.detail());
		logger.warn("Capture has stopped and is tried again in {} ms: {}", pause.toMillis(), failure.detail());
		this.heart.fail("The database can't be reached");
		try {
			this.signal.await(pause, () -> false);
		}
		catch (InterruptedException interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
