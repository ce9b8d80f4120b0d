package io.kalam.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Frames for clients that do not understand whole transactions: consecutive changes of
 * one kind to one subscription share a frame.
 * <p>
 * Rows carry {@code _seq} in a subscription's last frame of a commit only. A subscription
 * that the last part of a commit does not touch, though an earlier one did, is sent a
 * last frame without rows, and so is one of which all changes are left out.
 */
final class ChangeFrames {

	private static final byte[] OLD_VALUES = JsonBytes.ascii(",\"old_values\":");

	private static final byte[] ROWS = JsonBytes.ascii(",\"rows\":");

	private final Map<@Nullable String, Set<String>> unfinished = new HashMap<>();

	void write(SubscriptionEvent.Transaction transaction, Consumer<byte[]> out) {
		Map<String, List<SubscriptionChange>> changes = new LinkedHashMap<>();
		transaction.changes()
			.forEach((change) -> changes.computeIfAbsent(change.id(), (id) -> new ArrayList<>()).add(change));
		changes.forEach((id, ofOne) -> write(transaction, id, ofOne, out));
		if (!transaction.last()) {
			this.unfinished.computeIfAbsent(transaction.id(), (id) -> new LinkedHashSet<>()).addAll(changes.keySet());
			return;
		}
		Set<String> touched = new LinkedHashSet<>(transaction.folded().keySet());
		touched.addAll(Objects.requireNonNullElse(this.unfinished.remove(transaction.id()), Set.of()));
		touched.removeAll(changes.keySet());
		touched
			.forEach((id) -> out.accept(frame(transaction, id, SubscriptionChange.Operation.UPDATE, List.of(), true)));
	}

	/**
	 * Leaves a subscription out of the commit that is being told.
	 */
	void forget(String id) {
		this.unfinished.remove(id);
		this.unfinished.values().forEach((touched) -> touched.remove(id));
	}

	private static void write(SubscriptionEvent.Transaction transaction, String id, List<SubscriptionChange> changes,
			Consumer<byte[]> out) {
		int start = 0;
		for (int end = 1; end <= changes.size(); end++) {
			SubscriptionChange.Operation operation = changes.get(start).operation();
			boolean last = end == changes.size();
			if (last || changes.get(end).operation() != operation) {
				out.accept(frame(transaction, id, operation, changes.subList(start, end), last && transaction.last()));
				start = end;
			}
		}
	}

	private static byte[] frame(SubscriptionEvent.Transaction transaction, String id,
			SubscriptionChange.Operation operation, List<SubscriptionChange> changes, boolean last) {
		Assert.state(operation != SubscriptionChange.Operation.TRUNCATE,
				"A client without transactions is not told of a truncate");
		List<RowArray> arrays = new ArrayList<>(2);
		if (operation != SubscriptionChange.Operation.DELETE) {
			arrays.add(array(ROWS, changes, SubscriptionChange::row, last ? transaction.sequence() : null));
		}
		if (operation != SubscriptionChange.Operation.INSERT) {
			arrays.add(array(OLD_VALUES, changes, SubscriptionChange::old, last ? transaction.sequence() : null));
		}
		byte[] head = head(id, operation);
		byte[] tail = tail(transaction, last, last ? transaction.folded().get(id) : null);
		JsonBytes out = new JsonBytes(head.length + tail.length + arrays.stream().mapToInt(RowArray::size).sum());
		out.raw(head);
		arrays.forEach((rows) -> rows.write(out));
		return out.raw(tail).toByteArray();
	}

	private static RowArray array(byte[] name, List<SubscriptionChange> changes,
			Function<SubscriptionChange, byte @Nullable []> part, @Nullable Sequence sequence) {
		List<byte[]> rows = new ArrayList<>(changes.size());
		for (SubscriptionChange change : changes) {
			rows.add(Objects.requireNonNull(part.apply(change)));
		}
		return RowArray.of(name, rows, sequence);
	}

	private static byte[] head(String id, SubscriptionChange.Operation operation) {
		return new JsonBytes(128).raw("{\"type\":\"change\",\"subscription_id\":")
			.string(id)
			.raw(",\"change_type\":")
			.string(operation.name().toLowerCase(Locale.ROOT))
			.toByteArray();
	}

	private static byte[] tail(SubscriptionEvent.Transaction transaction, boolean last, @Nullable Integer folded) {
		return new JsonBytes(128).raw(",\"seq\":")
			.string(transaction.sequence().toString())
			.raw(",\"commit_time\":")
			.raw(CommitTimes.json(transaction.commitTime()))
			.raw(",\"last\":")
			.raw(Boolean.toString(last))
			.raw((folded != null) ? ",\"folded\":" + folded + "}" : "}")
			.toByteArray();
	}

}
