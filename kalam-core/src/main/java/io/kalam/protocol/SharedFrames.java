package io.kalam.protocol;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

/**
 * The frames of the last commits, which sessions that are told the same share: whoever is
 * told of a shared row at the same place of the same chain under the same name is sent
 * the same bytes, and they are made once. Bounded: a frame is forgotten when another one
 * needs its slot, and one of more than 16 KiB is not kept: no more than about 2 MiB.
 * Thread-safe; no call waits.
 */
public final class SharedFrames {

	private static final int SLOTS = 64;

	private static final int LARGEST = 16 * 1024;

	private final AtomicReferenceArray<@Nullable Shared> slots = new AtomicReferenceArray<>(SLOTS);

	/**
	 * The frame of a commit or of a part of one.
	 * @param transaction the commit
	 * @return the frame; not to be changed
	 */
	byte[] transaction(SubscriptionEvent.Transaction transaction) {
		int slot = Math.floorMod(hash(transaction), SLOTS);
		Shared shared = this.slots.get(slot);
		if (shared != null && isSame(shared.transaction(), transaction)) {
			return shared.frame();
		}
		byte[] frame = TransactionFrames.transaction(transaction);
		if (frame.length <= LARGEST) {
			this.slots.set(slot, new Shared(transaction, frame));
		}
		return frame;
	}

	private static int hash(SubscriptionEvent.Transaction transaction) {
		int hash = 31 * transaction.sequence().hashCode() + Objects.hashCode(transaction.previous());
		for (SubscriptionChange change : transaction.changes()) {
			hash = 31 * hash + change.id().hashCode();
		}
		return hash ^ (hash >>> 16);
	}

	/**
	 * Whether two frames are the same. Rows are told by their identity: those of one
	 * commit that are equal have been encoded once.
	 */
	private static boolean isSame(SubscriptionEvent.Transaction one, SubscriptionEvent.Transaction other) {
		return one.sequence().equals(other.sequence()) && Objects.equals(one.previous(), other.previous())
				&& Objects.equals(one.id(), other.id()) && one.commitTime().equals(other.commitTime())
				&& one.last() == other.last() && one.folded().equals(other.folded())
				&& isSame(one.changes(), other.changes());
	}

	private static boolean isSame(List<SubscriptionChange> some, List<SubscriptionChange> others) {
		if (some.size() != others.size()) {
			return false;
		}
		for (int i = 0; i < some.size(); i++) {
			if (!isSame(some.get(i), others.get(i))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isSame(SubscriptionChange one, SubscriptionChange other) {
		return one.row() == other.row() && one.old() == other.old() && one.operation() == other.operation()
				&& one.id().equals(other.id());
	}

	private record Shared(SubscriptionEvent.Transaction transaction, byte[] frame) {

	}

}
