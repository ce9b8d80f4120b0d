package io.kalam.boot.test;

import java.time.Duration;
import java.util.Objects;

import io.kalam.catalog.Lsn;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.pipeline.RealtimePipeline;

/**
 * Knows up to where the database has committed.
 *
 * @param pipeline captures changes
 * @param patience how long it may take
 */
record Fence(RealtimePipeline pipeline, Duration patience) {

	/**
	 * A position behind everything that has been committed so far.
	 * @return the position of a message that was written for this
	 * @throws AssertionError if changes are not captured
	 */
	Lsn now() {
		PipelineStatus status = this.pipeline.status();
		if (status.state() == PipelineState.IDLE || status.state() == PipelineState.STOPPED) {
			throw new AssertionError("Changes are not captured: " + status.detail());
		}
		try {
			return Objects.requireNonNull(this.pipeline.heartbeat().block(this.patience));
		}
		catch (RuntimeException ex) {
			throw new AssertionError("Changes are not captured (" + this.pipeline.status().state() + "): "
					+ this.pipeline.status().detail(), ex);
		}
	}

}
