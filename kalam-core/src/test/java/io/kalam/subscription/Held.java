package io.kalam.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

import io.kalam.query.Delivery;
import io.kalam.sequence.Sequence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client holds of a subscription.
 */
final class Held {

	final ModelQuery query;

	final Delivery delivery;

	final Map<String, JsonNode> rows = new HashMap<>();

	Sequence cursor;

	String epoch;

	ModelAccess.Grant grant = ModelAccess.Grant.ALL;

	boolean live;

	boolean resumed;

	int batches;

	Sequence previous;

	Sequence resumedFrom;

	final List<SubscriptionChange> parts = new ArrayList<>();

	/** How many changes it was told, or was told of that they are left out. */
	private int told;

	private int folded;

	Held(ModelQuery query, Delivery delivery) {
		this.query = query;
		this.delivery = delivery;
	}

	void restart() {
		startCount();
		this.parts.clear();
		this.live = false;
		this.resumed = false;
		this.cursor = null;
		this.previous = null;
		this.batches = 0;
	}

	/**
	 * Does what a change says.
	 * @param change the change
	 * @param liveChain whether it came on the live chain
	 * @param parser reads a row
	 */
	void apply(SubscriptionChange change, boolean liveChain, Function<byte[], JsonNode> parser) {
		assertThat(this.live).as("a change of the live chain for a subscription that has not joined")
			.isEqualTo(liveChain);
		this.told++;
		switch (change.operation()) {
			case INSERT -> {
				JsonNode row = parser.apply(change.row());
				assertThat(this.rows.put(row.get("id").asString(), row)).as("inserted twice").isNull();
			}
			case UPDATE -> {
				JsonNode row = parser.apply(change.row());
				ObjectNode before = ((ObjectNode) row).deepCopy();
				before.setAll((ObjectNode) parser.apply(change.old()));
				assertThat(this.rows.put(row.get("id").asString(), row)).as("what is updated").isEqualTo(before);
				assertThat(row).as("what an update comes to").isNotEqualTo(before);
			}
			case DELETE -> {
				JsonNode old = parser.apply(change.old());
				assertThat(this.rows.remove(old.get("id").asString())).as("what is deleted").isEqualTo(old);
			}
			case TRUNCATE -> this.rows.clear();
		}
	}

	/**
	 * Changes are left out.
	 */
	void fold(int changes) {
		assertThat(this.delivery).as("what changes are left out of").isEqualTo(Delivery.LATEST);
		assertThat(changes).isPositive();
		this.folded += changes;
	}

	/**
	 * Checks that it was told of every change since it was last asked, and of no commit
	 * but the last one if all changes are delivered.
	 * @param changes how many there were
	 * @param ofLast how many of them in the last commit
	 */
	void checkCount(long changes, long ofLast) {
		assertThat(this.told + this.folded).as("what is told and what is left out").isEqualTo((int) changes);
		if (this.delivery == Delivery.ALL) {
			assertThat(changes).as("changes of several commits").isEqualTo(ofLast);
		}
		startCount();
	}

	/**
	 * Checks the same for the live chain. A window is told what changes of its first
	 * rows, of whatever number of changes.
	 * @param sequence up to where it was told
	 * @param changesAfter how many changes there were from a position to there
	 */
	void checkCount(Sequence sequence, ToLongFunction<Sequence> changesAfter) {
		if (this.cursor == null || this.query.isWindow()) {
			startCount();
			return;
		}
		Sequence before = new Sequence(sequence.value() - 1).max(this.cursor);
		checkCount(changesAfter.applyAsLong(this.cursor), changesAfter.applyAsLong(before));
	}

	private void startCount() {
		this.told = 0;
		this.folded = 0;
	}

}
