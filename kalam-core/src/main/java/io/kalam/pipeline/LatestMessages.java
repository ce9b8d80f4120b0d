package io.kalam.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of a transaction that does not fit into memory: the latest of them, which
 * are told at its end.
 */
final class LatestMessages {

	private static final Logger logger = LoggerFactory.getLogger(LatestMessages.class);

	private static final long MAX_BYTES = 16L << 20;

	private final Consumer<TableName> lost;

	private final Deque<Change.Message> messages = new ArrayDeque<>();

	private long bytes;

	private boolean told;

	/**
	 * None so far.
	 * @param lost is told of which stream an event is left out
	 */
	LatestMessages(Consumer<TableName> lost) {
		this.lost = lost;
	}

	/**
	 * Keeps the events among some changes.
	 * @param changes the next changes
	 * @return the other ones
	 */
	List<Change> takeFrom(List<Change> changes) {
		List<Change> others = new ArrayList<>(changes.size());
		for (Change change : changes) {
			if (change instanceof Change.Message message) {
				keep(message);
			}
			else {
				others.add(change);
			}
		}
		return others;
	}

	private void keep(Change.Message message) {
		this.messages.add(message);
		this.bytes += message.size();
		while (this.bytes > MAX_BYTES) {
			Change.Message first = this.messages.remove();
			this.bytes -= first.size();
			this.lost.accept(first.table());
			if (!this.told) {
				this.told = true;
				logger.warn("A transaction has more than {} bytes of events; the first of them are left out",
						MAX_BYTES);
			}
		}
	}

	/**
	 * What is kept.
	 */
	List<Change> messages() {
		return List.copyOf(this.messages);
	}

}
