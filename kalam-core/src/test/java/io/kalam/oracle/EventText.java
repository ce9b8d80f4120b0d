package io.kalam.oracle;

import java.util.Map;

import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Transaction;

/**
 * Describes what a client was told when it did not expect it.
 */
final class EventText {

	private EventText() {
	}

	static String of(String who, Map<String, Held> held, SubscriptionEvent event) {
		StringBuilder text = new StringBuilder(who);
		held.forEach((id, rows) -> text.append(System.lineSeparator())
			.append(id)
			.append(rows.live ? " live: " : " on its own: ")
			.append(rows.query()));
		text.append(System.lineSeparator()).append(event);
		if (event instanceof Transaction transaction) {
			transaction.changes().forEach((change) -> text.append(System.lineSeparator()).append(describe(change)));
		}
		return text.toString();
	}

	private static String describe(SubscriptionChange change) {
		return change.id() + ' ' + change.operation() + ' ' + Held.text(change.row()) + " was "
				+ Held.text(change.old());
	}

}
