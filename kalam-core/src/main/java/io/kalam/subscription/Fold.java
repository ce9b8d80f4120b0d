package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Keyed;
import org.jspecify.annotations.Nullable;

/**
 * Commits that follow each other, told as one transaction under the sequence of the last:
 * each row once to a subscription to which the latest is delivered. At most its last
 * commit is one that concerns anything else, so that this is told as it was committed,
 * under its own sequence, and with everything that was committed before it.
 * <p>
 * What a commit costs to be added depends on the commit alone. Not thread-safe.
 */
final class Fold implements Waiting {

	private static final int OVERHEAD = 256;

	private final Sequence first;

	private @Nullable LiveTransaction only;

	private final Map<Subscription, NetChanges> nets = new LinkedHashMap<>(2);

	private final List<Entry> others = new ArrayList<>(0);

	private Sequence sequence;

	private Instant commitTime;

	private boolean last;

	private boolean open;

	private long bytes = OVERHEAD;

	/**
	 * Begins with a commit, or a part of one.
	 * @param begun the commit
	 * @param open whether others may be added
	 */
	Fold(LiveTransaction begun, boolean open) {
		this.first = begun.sequence();
		this.only = begun;
		this.sequence = begun.sequence();
		this.commitTime = begun.commitTime();
		this.last = begun.last();
		this.open = open && isFoldable(begun);
	}

	@Override
	public Sequence first() {
		return this.first;
	}

	/**
	 * Whether the next commit may be added.
	 */
	boolean isOpen() {
		return this.open;
	}

	/**
	 * Adds the next commit, a whole one.
	 */
	void add(LiveTransaction next) {
		expand();
		next.entries().forEach(this::add);
		this.sequence = next.sequence();
		this.commitTime = next.commitTime();
		this.open = isFoldable(next);
	}

	@Override
	public long size() {
		return (this.only != null) ? this.only.size() : this.bytes;
	}

	@Override
	public LiveTransaction take() {
		if (this.only != null && this.only.entries().size() == 1) {
			return this.only.plain();
		}
		expand();
		List<Entry> entries = new ArrayList<>();
		Map<Subscription, Integer> folded = new LinkedHashMap<>();
		this.nets.forEach((subscription, changes) -> {
			NetChanges.Net net = changes.take();
			entries.addAll(net.entries());
			if (net.folded() > 0) {
				folded.put(subscription, net.folded());
			}
		});
		entries.addAll(this.others);
		return new LiveTransaction(this.sequence, this.commitTime, entries, this.last, folded);
	}

	private void expand() {
		if (this.only != null) {
			this.only.entries().forEach(this::add);
			this.only = null;
		}
	}

	private void add(Entry entry) {
		if (!entry.isFoldable()) {
			this.others.add(entry);
			this.bytes += entry.size();
			return;
		}
		NetChanges net = this.nets.computeIfAbsent(entry.subscription(), this::begin);
		long before = net.size();
		if (entry.outcome() instanceof Keyed change) {
			net.add(change);
		}
		else {
			net.truncate();
		}
		this.bytes += net.size() - before;
	}

	private NetChanges begin(Subscription subscription) {
		this.bytes += OVERHEAD;
		return new NetChanges(subscription);
	}

	private static boolean isFoldable(LiveTransaction transaction) {
		for (Entry entry : transaction.entries()) {
			if (!entry.isFoldable()) {
				return false;
			}
		}
		return true;
	}

}
