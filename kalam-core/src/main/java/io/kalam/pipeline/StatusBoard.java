package io.kalam.pipeline;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.kalam.catalog.BlockingTransaction;
import io.kalam.catalog.TableName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the pipeline writes down what it is doing. May be used by any thread.
 */
final class StatusBoard {

	private static final Logger logger = LoggerFactory.getLogger(StatusBoard.class);

	private final Clock clock;

	private final List<Consumer<PipelineStatus>> listeners = new CopyOnWriteArrayList<>();

	private final Map<TableName, String> unreadable = new ConcurrentSkipListMap<>();

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
	 * Writes down that a value of a table could not be told.
	 */
	void unreadable(TableName table, String detail) {
		this.unreadable.put(table, detail);
	}

	/**
	 * Which values could not be told since the application was started. Whether they are
	 * still there is not known.
	 * @return what an operator should know, empty if there is nothing to say
	 */
	String unreadable() {
		return this.unreadable.entrySet()
			.stream()
			.map((entry) -> "A change of " + entry.getKey() + " could not be told, and its clients read new snapshots: "
					+ entry.getValue() + ". Correct the value, or the codec.")
			.collect(Collectors.joining(" "));
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
