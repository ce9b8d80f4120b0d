package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * What the hub has for a session, bounded in bytes. When the session is too slow to take
 * it, the feed drops all it has and takes nothing more: the session goes on from the
 * journal and {@linkplain #open() opens} the feed again once it is level with the hub.
 * Thread-safe; no call blocks.
 */
final class LiveFeed {

	private final long maxBytes;

	private final Runnable overflow;

	private final Deque<LiveTransaction> queue = new ArrayDeque<>();

	private long bytes;

	private boolean open = true;

	/**
	 * A feed that is open.
	 * @param maxBytes how many bytes it holds at the most
	 * @param overflow is run when it drops what it has because the session is too slow
	 */
	LiveFeed(long maxBytes, Runnable overflow) {
		this.maxBytes = maxBytes;
		this.overflow = overflow;
	}

	synchronized void offer(LiveTransaction transaction) {
		if (!this.open) {
			return;
		}
		long size = transaction.size();
		if (this.bytes + size > this.maxBytes) {
			close();
			this.overflow.run();
			return;
		}
		this.bytes += size;
		this.queue.add(transaction);
	}

	/**
	 * Takes the next transaction.
	 * @param limit where to stop, inclusive, or {@code null} to go on
	 * @return the transaction, or {@code null} if there is none up to the limit
	 */
	synchronized @Nullable LiveTransaction poll(@Nullable Sequence limit) {
		LiveTransaction next = this.queue.peek();
		if (next == null || (limit != null && next.sequence().isAfter(limit))) {
			return null;
		}
		this.bytes -= next.size();
		return this.queue.remove();
	}

	/**
	 * Whether every transaction up to a position has been taken.
	 * @param sequence the position; not after the hub's head
	 * @return whether the feed is open and holds nothing up to there
	 */
	synchronized boolean isDrainedUpTo(Sequence sequence) {
		LiveTransaction next = this.queue.peek();
		return this.open && (next == null || next.sequence().isAfter(sequence));
	}

	synchronized long bytes() {
		return this.bytes;
	}

	synchronized boolean isOpen() {
		return this.open;
	}

	synchronized void open() {
		this.open = true;
	}

	synchronized void close() {
		this.open = false;
		this.queue.clear();
		this.bytes = 0;
	}

}
