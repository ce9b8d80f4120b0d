package io.kalam.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.kalam.catalog.BlockingTransaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the pipeline writes down what it is doing. May be used by any thread.
 */
final class StatusBoard {

	private static final Logger logger = LoggerFactory.getLogger(StatusBoard.class);

	private final Clock clock;

	private final AtomicReference<PipelineStatus> status;

	StatusBoard(Clock clock) {
		this.clock = clock;
		this.status = new AtomicReference<>(new PipelineStatus(PipelineState.STOPPED, clock.instant(), ""));
	}

	PipelineStatus status() {
		return this.status.get();
	}

	void change(PipelineState state) {
		change(state, "");
	}

	/**
	 * Writes down a state; one that was there already keeps its time.
	 */
	void change(PipelineState state, String detail) {
		this.status.updateAndGet((old) -> (old.state() == state && old.detail().equals(detail)) ? old
				: new PipelineStatus(state, this.clock.instant(), detail));
	}

	/**
	 * Writes down for which transactions a new slot waits.
	 */
	void waiting(List<BlockingTransaction> blocking) {
		if (blocking.isEmpty()) {
			change(PipelineState.STARTING);
			return;
		}
		String what = "The replication slot can be created when these transactions have ended: " + blocking.stream()
			.map((transaction) -> transaction + ": " + transaction.remedy())
			.collect(Collectors.joining("; "));
		change(PipelineState.STARTING, what);
		logger.warn("{}", what);
	}

}
