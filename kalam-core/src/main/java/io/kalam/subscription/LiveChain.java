package io.kalam.subscription;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The live chain of a session: one event for each commit that touches its live
 * subscriptions, in order. Fed by the hub as long as the client keeps up, by the journal
 * when it does not, without a break in between.
 */
final class LiveChain {

	private static final long MAX_PAGE_BYTES = 256 * 1024;

	private static final long NONE = -1;

	private final SubscriptionEngine engine;

	private final LiveFeed feed;

	private final long pageBytes;

	private final FoldingQueue replayed = new FoldingQueue();

	private final WindowFold windows = new WindowFold(Subscription::isLive);

	private @Nullable Parts parts;

	/**
	 * The sequence of the event before, or {@link #NONE}. A number, as is the position,
	 * because a new object in an old one's field costs the garbage collector, for each
	 * message of each session.
	 */
	private long previous = NONE;

	private long position;

	private boolean replaying;

	private JournalPlace replayedTo = JournalPlace.behind(Sequence.ZERO);

	private @Nullable Sequence reopenedAt;

	/**
	 * The chain of a session.
	 * @param engine what the session works with
	 * @param feed what the hub has for it
	 * @param maxBuffer how many bytes may wait in memory
	 */
	LiveChain(SubscriptionEngine engine, LiveFeed feed, long maxBuffer) {
		this.engine = engine;
		this.feed = feed;
		this.pageBytes = pageBytes(maxBuffer);
	}

	/**
	 * How much of the journal is read at once for a client whose buffer is so large.
	 */
	static long pageBytes(long maxBuffer) {
		return Math.min(maxBuffer, MAX_PAGE_BYTES);
	}

	/**
	 * The next event.
	 * @param subscriptions all subscriptions; those that are live are on the chain
	 * @param limit where to stop, inclusive, or {@code null} to go on
	 * @param memory whether nothing but memory may be read
	 * @return the next event, or {@code null} if there is none up to the limit, or
	 * something else has to be told first
	 */
	@Nullable SubscriptionEvent next(Collection<Subscription> subscriptions, @Nullable Sequence limit, boolean memory) {
		while (!memory || isInMemory()) {
			if (this.parts != null) {
				SubscriptionEvent event = this.parts.next();
				if (event != null) {
					return told(event, this.parts);
				}
			}
			if (this.parts != null && !this.parts.isUnfinished() && complete(this.parts)) {
				return null;
			}
			LiveTransaction taken = take(subscriptions, limit, memory);
			if (taken == null) {
				return null;
			}
			LiveTransaction transaction = this.windows.fold(taken);
			if (this.parts != null) {
				this.parts.extend(transaction);
			}
			else {
				Parts begun = new Parts(null, transaction, previous());
				SubscriptionEvent event = begun.isInterrupting() ? null : begun.next();
				if (event != null) {
					return told(event, begun);
				}
				this.parts = begun;
			}
		}
		return null;
	}

	/**
	 * Goes on behind an event. What has more to tell, or to do, is kept.
	 */
	private SubscriptionEvent told(SubscriptionEvent event, Parts of) {
		this.previous = of.sequence().value();
		if (of.isComplete() && !of.isInterrupting()) {
			complete(of);
		}
		else {
			this.parts = of;
		}
		return event;
	}

	/**
	 * Marks the chain.
	 * @param sequence a position up to which every event has been taken. The hub fills
	 * the feeds before it moves its head, so the chain may be further than that head
	 * @return the mark, at the position or at the chain's own, whichever is later
	 */
	SubscriptionEvent.Mark mark(Sequence sequence) {
		moveTo(sequence);
		SubscriptionEvent.Mark mark = new SubscriptionEvent.Mark(null, position(), previous());
		this.previous = this.position;
		return mark;
	}

	/**
	 * Whether nothing up to a position is left to be taken.
	 * @param sequence the position; not after the head
	 * @return whether every event up to it has been taken
	 */
	boolean isCompleteUpTo(Sequence sequence) {
		if (this.parts != null || !this.replayed.isEmpty()) {
			return false;
		}
		return this.replaying ? isReplayedUpTo(sequence) : this.feed.isDrainedUpTo(sequence);
	}

	/**
	 * How far the chain has been taken.
	 * @param head the hub's head
	 * @return a position up to which every event has been taken
	 */
	Sequence taken(Sequence head) {
		return isCompleteUpTo(head) ? head.max(position()) : position();
	}

	private boolean isReplayedUpTo(Sequence sequence) {
		return JournalPlace.behind(sequence).compareTo(this.replayedTo) <= 0;
	}

	/**
	 * Forgets what is due and goes on at the hub's head.
	 */
	void restart() {
		this.parts = null;
		this.windows.clear();
		this.replayed.clear();
		this.replaying = false;
		this.reopenedAt = null;
		this.feed.close();
		this.position = this.engine.hub().open(this.feed).value();
	}

	private boolean complete(Parts taken) {
		this.parts = null;
		moveTo(taken.sequence());
		return taken.interrupt();
	}

	private void moveTo(Sequence sequence) {
		this.position = Math.max(this.position, sequence.value());
	}

	private Sequence position() {
		return new Sequence(this.position);
	}

	private @Nullable Sequence previous() {
		return (this.previous != NONE) ? new Sequence(this.previous) : null;
	}

	/**
	 * Whether the hub feeds it and no subscription is interrupted, as far as has been
	 * seen.
	 */
	boolean isInMemory() {
		return !this.replaying && (this.parts == null || !this.parts.isInterrupting());
	}

	private @Nullable LiveTransaction take(Collection<Subscription> subscriptions, @Nullable Sequence limit,
			boolean memory) {
		if (!this.replaying && !this.feed.isOpen()) {
			this.replaying = true;
			this.replayedTo = JournalPlace.behind(position());
			this.reopenedAt = null;
		}
		if (this.replaying && memory) {
			return null;
		}
		if (this.replaying) {
			LiveTransaction transaction = replay(subscriptions, limit);
			if (transaction != null || this.replaying) {
				return transaction;
			}
		}
		return this.feed.poll(limit);
	}

	private @Nullable LiveTransaction replay(Collection<Subscription> subscriptions, @Nullable Sequence limit) {
		while (this.replayed.isEmpty()) {
			if (this.reopenedAt != null && !this.feed.isOpen()) {
				this.reopenedAt = null;
			}
			Sequence target = target(limit);
			if (!isReplayedUpTo(target)) {
				readPage(subscriptions, target);
			}
			else if (this.reopenedAt != null) {
				this.replaying = false;
				return null;
			}
			else if (limit != null) {
				return null;
			}
			else {
				this.reopenedAt = this.engine.hub().open(this.feed);
			}
		}
		return this.replayed.take();
	}

	private Sequence target(@Nullable Sequence limit) {
		if (this.reopenedAt != null) {
			return this.reopenedAt;
		}
		return (limit != null) ? limit : this.engine.hub().head();
	}

	private void readPage(Collection<Subscription> subscriptions, Sequence target) {
		Map<Partition, List<Subscription>> partitions = new HashMap<>();
		for (Subscription subscription : subscriptions) {
			Partition partition = subscription.partition();
			if (partition != null && subscription.isLive()) {
				partitions.computeIfAbsent(partition, (key) -> new ArrayList<>()).add(subscription);
			}
		}
		List<Replay> pages = new ArrayList<>();
		JournalPlace reached = JournalPlace.behind(target);
		for (Map.Entry<Partition, List<Subscription>> entry : partitions.entrySet()) {
			Replay page = Replay.read(this.engine.journal(), entry.getKey(), entry.getValue(), this.replayedTo,
					reached.sequence(), Math.max(1, this.pageBytes / partitions.size()));
			pages.add(page);
			reached = (page.reached().compareTo(reached) < 0) ? page.reached() : reached;
		}
		merge(pages, reached);
		this.replayedTo = reached;
		if (this.replayed.isEmpty()) {
			this.position = reached.sequence().value();
		}
	}

	private void merge(List<Replay> pages, JournalPlace reached) {
		Map<Sequence, LiveTransaction> merged = new TreeMap<>();
		if (pages.isEmpty() && this.replayedTo.isWithinCommit()) {
			merged.put(this.replayedTo.sequence(), LiveTransaction.end(this.replayedTo.sequence()));
		}
		for (Replay page : pages) {
			for (LiveTransaction transaction : page.transactions()) {
				if (!transaction.sequence().isAfter(reached.sequence())) {
					merged.merge(transaction.sequence(), transaction.upTo(reached), LiveTransaction::merge);
				}
			}
		}
		merged.values().forEach(this.replayed::add);
	}

}
