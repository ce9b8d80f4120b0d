package io.kalam.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
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

	private final List<Consumer<PipelineStatus>> listeners = new CopyOnWriteArrayList<>();

	private volatile PipelineStatus status;

	StatusBoard(Clock clock) {
		this.clock = clock;
		this.status = new PipelineStatus(PipelineState.STOPPED, clock.instant(), "");
	}

	PipelineStatus status() {
		return this.status;
	}

	synchronized void listen(Consumer<PipelineStatus> listener) {
		this.listeners.add(listener);
		listener.accept(this.status);
	}

	void change(PipelineState state) {
		change(state, "");
	}

	/**
	 * Writes down a state; one that was there already keeps its time.
	 */
	synchronized void change(PipelineState state, String detail) {
		PipelineStatus old = this.status;
		if (old.state() != state || !old.detail().equals(detail)) {
			PipelineStatus changed = new PipelineStatus(state, this.clock.instant(), detail);
			this.status = changed;
			this.listeners.forEach((listener) -> listener.accept(changed));
		}
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
