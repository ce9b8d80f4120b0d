package io.kalam.subscription;

import io.kalam.partition.LiveTable;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a client's cursor is one of this history and of its query.
 */
final class CursorCheck {

	private final SubscriptionEngine engine;

	CursorCheck(SubscriptionEngine engine) {
		this.engine = engine;
	}

	/**
	 * Decides, as far as that can be done without the journal.
	 * @param subscription the subscription that came with it
	 * @param cursor the cursor, {@code null} if what came is none
	 * @return why it is refused, or {@code null}
	 */
	@Nullable ResumeOutcome refusal(Subscription subscription, @Nullable Sequence cursor) {
		String epoch = subscription.request().epoch();
		if (epoch != null && !epoch.equals(SubscriptionEpoch.of(this.engine.epoch().get(), subscription).value())) {
			return ResumeOutcome.FOREIGN;
		}
		if (cursor == null || !cursor.generation().equals(this.engine.hub().head().generation())) {
			return ResumeOutcome.FOREIGN;
		}
		return (epoch == null && !isGoodBare(subscription.query().table(), cursor)) ? ResumeOutcome.UNVOUCHED : null;
	}

	/**
	 * Without its epoch, nobody knows what could be read where policies decide that.
	 */
	private boolean isGoodBare(LiveTable table, Sequence cursor) {
		return !this.engine.access().isGoverned(table) && this.engine.hub().vouchesFor(table.name(), cursor);
	}

	static @Nullable Sequence parse(String cursor) {
		try {
			return Sequence.parse(cursor);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
