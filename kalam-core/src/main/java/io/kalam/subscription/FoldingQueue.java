package io.kalam.subscription;

import java.util.ArrayDeque;
import java.util.Deque;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * The transactions of a chain that wait to be told, in order. What waits is
 * {@linkplain Fold folded} as far as its subscriptions allow; what is taken as it comes
 * is not. Not thread-safe.
 */
final class FoldingQueue {

	/** What waits first; most of the time there is no more. */
	private @Nullable Waiting first;

	private @Nullable Deque<Waiting> more;

	private long bytes;

	private boolean sealed;

	private boolean unfinished;

	/**
	 * Adds the next commit, or the next part of one. Parts of a commit are folded with
	 * nothing else.
	 */
	void add(LiveTransaction next) {
		boolean part = this.unfinished || !next.last();
		this.unfinished = !next.last();
		if (!part && !this.sealed && last() instanceof Fold fold && fold.isOpen()) {
			this.bytes -= fold.size();
			fold.add(next);
			this.bytes += fold.size();
			return;
		}
		Waiting begun = begin(next, !part);
		append(begun);
		this.bytes += begun.size();
		this.sealed = false;
	}

	/**
	 * Keeps what is there apart from what comes next.
	 */
	void seal() {
		this.sealed = true;
	}

	/**
	 * The sequence of the first commit that waits.
	 * @return the sequence, or {@code null} if nothing waits
	 */
	@Nullable Sequence first() {
		return (this.first != null) ? this.first.first() : null;
	}

	/**
	 * Takes the next transaction, of which the caller makes what is to be told.
	 * @return what waits, or {@code null} if nothing does
	 */
	@Nullable Waiting poll() {
		Waiting next = this.first;
		this.first = (this.more != null) ? this.more.poll() : null;
		this.bytes -= (next != null) ? next.size() : 0;
		return next;
	}

	/**
	 * Takes what is to be told next.
	 * @return the transaction, or {@code null} if nothing waits
	 */
	@Nullable LiveTransaction take() {
		Waiting next = poll();
		return (next != null) ? next.take() : null;
	}

	boolean isEmpty() {
		return this.first == null;
	}

	long bytes() {
		return this.bytes;
	}

	void clear() {
		this.first = null;
		this.more = null;
		this.bytes = 0;
		this.sealed = false;
		this.unfinished = false;
	}

	private void append(Waiting begun) {
		if (this.first == null) {
			this.first = begun;
			return;
		}
		if (this.more == null) {
			this.more = new ArrayDeque<>();
		}
		this.more.add(begun);
	}

	private @Nullable Waiting last() {
		Waiting last = (this.more != null) ? this.more.peekLast() : null;
		return (last != null) ? last : this.first;
	}

	private static Waiting begin(LiveTransaction next, boolean open) {
		for (Entry entry : next.entries()) {
			if (entry.outcome() instanceof Keyed) {
				return new Fold(next, open);
			}
		}
		return next;
	}

}
