package io.kalam.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;

/**
 * Frames that show a commit, or a part of one, as a whole.
 */
final class TransactionFrames {

	private static final byte[] ID = JsonBytes.ascii("{\"subscription_id\":");

	private static final byte[] INSERT = JsonBytes.ascii(",\"op\":\"insert\"");

	private static final byte[] UPDATE = JsonBytes.ascii(",\"op\":\"update\"");

	private static final byte[] DELETE = JsonBytes.ascii(",\"op\":\"delete\"");

	private static final byte[] TRUNCATE = JsonBytes.ascii(",\"op\":\"truncate\"");

	private static final byte[] ROW = JsonBytes.ascii(",\"row\":");

	private static final byte[] OLD = JsonBytes.ascii(",\"old\":");

	private static final byte[] COMMA = JsonBytes.ascii(",");

	private static final byte[] END = JsonBytes.ascii("}");

	private static final byte[] TAIL = JsonBytes.ascii("]}");

	private TransactionFrames() {
	}

	static byte[] transaction(SubscriptionEvent.Transaction transaction) {
		byte[] head = head(transaction);
		List<SubscriptionChange> changes = transaction.changes();
		List<byte[]> ids = ids(changes);
		int size = head.length + TAIL.length + Math.max(0, changes.size() - 1) * COMMA.length;
		for (int i = 0; i < changes.size(); i++) {
			size += size(changes.get(i), ids.get(i));
		}
		JsonBytes out = new JsonBytes(size).raw(head);
		for (int i = 0; i < changes.size(); i++) {
			write(changes.get(i), ids.get(i), (i > 0) ? out.raw(COMMA) : out);
		}
		return out.raw(TAIL).toByteArray();
	}

	private static List<byte[]> ids(List<SubscriptionChange> changes) {
		if (changes.size() == 1) {
			return List.of(JsonBytes.quoted(changes.get(0).id()));
		}
		Map<String, byte[]> quoted = new HashMap<>();
		List<byte[]> ids = new ArrayList<>(changes.size());
		changes.forEach((change) -> ids.add(quoted.computeIfAbsent(change.id(), JsonBytes::quoted)));
		return ids;
	}

	private static byte[] head(SubscriptionEvent.Transaction transaction) {
		JsonBytes out = new JsonBytes(256).raw("{\"type\":\"transaction\"");
		if (transaction.id() != null) {
			out.raw(",\"subscription_id\":").string(transaction.id());
		}
		out.raw(",\"seq\":")
			.string(transaction.sequence().toString())
			.raw(",\"prev\":")
			.stringOrNull(transaction.previous())
			.raw(",\"commit_time\":")
			.raw(CommitTimes.json(transaction.commitTime()))
			.raw(",\"last\":")
			.raw(Boolean.toString(transaction.last()));
		folded(transaction.folded(), out);
		return out.raw(",\"changes\":[").toByteArray();
	}

	private static void folded(Map<String, Integer> folded, JsonBytes out) {
		String separator = ",\"folded\":{";
		for (Map.Entry<String, Integer> left : folded.entrySet()) {
			out.raw(separator).string(left.getKey()).raw(":" + left.getValue());
			separator = ",";
		}
		if (!folded.isEmpty()) {
			out.raw("}");
		}
	}

	private static int size(SubscriptionChange change, byte[] id) {
		int size = ID.length + id.length + operation(change).length + END.length;
		size += (change.row() != null) ? ROW.length : 0;
		size += (change.old() != null) ? OLD.length : 0;
		return size + change.size();
	}

	private static void write(SubscriptionChange change, byte[] id, JsonBytes out) {
		out.raw(ID).raw(id).raw(operation(change));
		if (change.row() != null) {
			out.raw(ROW).raw(change.row());
		}
		if (change.old() != null) {
			out.raw(OLD).raw(change.old());
		}
		out.raw(END);
	}

	private static byte[] operation(SubscriptionChange change) {
		return switch (change.operation()) {
			case INSERT -> INSERT;
			case UPDATE -> UPDATE;
			case DELETE -> DELETE;
			case TRUNCATE -> TRUNCATE;
		};
	}

}
