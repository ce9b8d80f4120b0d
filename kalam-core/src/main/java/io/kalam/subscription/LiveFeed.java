package io.kalam.subscription;

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

	private final FoldingQueue queue = new FoldingQueue();

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
		this.queue.add(transaction);
		if (this.queue.bytes() > this.maxBytes) {
			close();
			this.overflow.run();
		}
	}

	/**
	 * Keeps what has been offered apart from what comes later, so that the chain can stop
	 * between the two.
	 */
	synchronized void seal() {
		this.queue.seal();
	}

	/**
	 * Takes the next transaction.
	 * @param limit where to stop, inclusive, at the head when the feed was last
	 * {@linkplain #seal() sealed}, or {@code null} to go on
	 * @return the transaction, or {@code null} if there is none up to the limit
	 */
	@Nullable LiveTransaction poll(@Nullable Sequence limit) {
		Waiting next = pollWaiting(limit);
		return (next != null) ? next.take() : null;
	}

	private synchronized @Nullable Waiting pollWaiting(@Nullable Sequence limit) {
		Sequence first = this.queue.first();
		return (first == null || (limit != null && first.isAfter(limit))) ? null : this.queue.poll();
	}

	/**
	 * Whether every transaction up to a position has been taken.
	 * @param sequence the position; not after the hub's head
	 * @return whether the feed is open and holds nothing up to there
	 */
	synchronized boolean isDrainedUpTo(Sequence sequence) {
		Sequence first = this.queue.first();
		return this.open && (first == null || first.isAfter(sequence));
	}

	synchronized long bytes() {
		return this.queue.bytes();
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
	}

}
