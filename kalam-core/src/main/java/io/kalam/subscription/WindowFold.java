package io.kalam.subscription;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import io.kalam.subscription.LiveTransaction.Entry;
import io.kalam.subscription.Outcome.Interruption;
import io.kalam.subscription.Outcome.Moved;
import io.kalam.subscription.Outcome.Shown;
import org.jspecify.annotations.Nullable;

/**
 * Takes the transactions of a chain through the windows of its subscriptions: what
 * happened to rows becomes what that means for the rows that are shown, told at the end
 * of the commit. Every transaction of the chain has to come through it once, in order.
 * Used under the session's lock.
 */
final class WindowFold {

	private final Predicate<Subscription> onChain;

	private Map<Subscription, LiveWindow> touched = Map.of();

	/**
	 * The fold of a chain.
	 * @param onChain whether a subscription is on the chain; what concerns the window of
	 * one that is not is left out
	 */
	WindowFold(Predicate<Subscription> onChain) {
		this.onChain = onChain;
	}

	/**
	 * Takes a transaction, or a part of one, through the windows.
	 * @param transaction what it means for all rows
	 * @return what it means for those that are shown
	 */
	LiveTransaction fold(LiveTransaction transaction) {
		if (this.touched.isEmpty() && !concernsWindow(transaction)) {
			return transaction;
		}
		List<Entry> entries = new ArrayList<>();
		for (Entry entry : transaction.entries()) {
			if (!concernsWindow(entry) || (entry.outcome() instanceof Interruption)) {
				entries.add(entry);
			}
			else {
				apply(entry);
			}
		}
		if (transaction.last()) {
			this.touched.forEach((subscription, window) -> commit(subscription, window, entries));
			clear();
		}
		return new LiveTransaction(transaction.sequence(), transaction.commitTime(), entries, transaction.last(),
				transaction.folded());
	}

	/**
	 * Forgets a transaction of which only a part has come.
	 */
	void clear() {
		this.touched = Map.of();
	}

	private static boolean concernsWindow(LiveTransaction transaction) {
		for (Entry entry : transaction.entries()) {
			if (concernsWindow(entry)) {
				return true;
			}
		}
		return false;
	}

	private static boolean concernsWindow(Entry entry) {
		return entry.subscription().query().window() != null;
	}

	private void apply(Entry entry) {
		LiveWindow window = window(entry.subscription());
		if (window == null) {
			return;
		}
		if (this.touched.isEmpty()) {
			this.touched = new LinkedHashMap<>();
		}
		this.touched.put(entry.subscription(), window);
		if (entry.outcome() instanceof Moved moved) {
			window.move(moved);
		}
		else {
			window.truncate();
		}
	}

	private void commit(Subscription subscription, LiveWindow window, List<Entry> entries) {
		if (window(subscription) != window) {
			return;
		}
		for (Shown shown : window.commit()) {
			entries.add(new Entry(Integer.MAX_VALUE, subscription, shown));
		}
		if (window.isTooLarge()) {
			entries.add(new Entry(Integer.MAX_VALUE, subscription, Interruption.OVERFLOW));
		}
		else if (window.isShort()) {
			entries.add(new Entry(Integer.MAX_VALUE, subscription, Interruption.REFILL));
		}
	}

	private @Nullable LiveWindow window(Subscription subscription) {
		return this.onChain.test(subscription) ? subscription.window() : null;
	}

}
