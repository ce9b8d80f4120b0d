package io.kalam.subscription;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.kalam.change.Change;
import io.kalam.query.Delivery;
import io.kalam.query.LiveQuery;
import io.kalam.query.LiveQueryParser;
import io.kalam.query.QueryLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where what waits is cut, and how far it reaches.
 */
class FoldingQueueTests extends LatestWorld {

	/**
	 * The hub fills the feeds before it moves its head.
	 */
	@Test
	void chainIsNotCompleteUpToACommitThatIsFoldedIntoOneBehindTheHead() {
		Subscription subscription = subscription();
		this.hub.advance(at(110));
		this.session.feed().offer(waiting(110, subscription, update(1, 0, 1)));
		this.session.feed().offer(waiting(120, subscription, update(1, 1, 2)));
		assertThat(this.session.chain().isCompleteUpTo(at(110))).isFalse();
		assertThat(this.session.chain().taken(at(110))).isLessThan(at(110));
		assertThat(this.session.feed().poll(at(110)).sequence()).isEqualTo(at(120));
		assertThat(this.session.chain().isCompleteUpTo(at(110))).isTrue();
	}

	@Test
	void chainCanStopWhereItWasSealed() {
		Subscription subscription = subscription();
		this.session.feed().offer(waiting(110, subscription, update(1, 0, 1)));
		this.session.feed().seal();
		this.session.feed().offer(waiting(120, subscription, update(1, 1, 2)));
		this.session.feed().offer(waiting(130, subscription, update(1, 2, 3)));
		assertThat(this.session.feed().poll(at(110)).sequence()).isEqualTo(at(110));
		assertThat(this.session.feed().poll(at(110))).isNull();
		assertThat(this.session.feed().poll(null).sequence()).isEqualTo(at(130));
	}

	@Test
	void partsOfACommitAreFoldedWithNothingElse() {
		Subscription subscription = subscription();
		LiveTransaction part = waiting(120, subscription, update(1, 1, 2));
		FoldingQueue queue = new FoldingQueue();
		queue.add(waiting(110, subscription, update(1, 0, 1)));
		queue.add(new LiveTransaction(at(120), Instant.EPOCH, part.entries(), false));
		queue.add(waiting(120, subscription, update(1, 2, 3)));
		queue.add(waiting(130, subscription, update(1, 3, 4)));
		queue.add(waiting(140, subscription, update(1, 4, 5)));
		List<String> told = new ArrayList<>();
		while (!queue.isEmpty()) {
			LiveTransaction next = queue.take();
			told.add(next.sequence().lsn().value() + (next.last() ? " end" : ""));
		}
		assertThat(told).containsExactly("110 end", "120", "120 end", "140 end");
		assertThat(queue.bytes()).isZero();
	}

	private Subscription subscription() {
		return new Subscription(this.session, request("l", ALL_ROWS, Delivery.LATEST), new Target(query(), null, null));
	}

	private LiveTransaction waiting(long lsn, Subscription subscription, Change change) {
		EvaluatedChange evaluated = new EvaluatedChange(change);
		Outcome outcome = evaluated.keyed(query(), evaluated.outcome(query()));
		return new LiveTransaction(at(lsn), Instant.EPOCH,
				List.of(new LiveTransaction.Entry(0, subscription, outcome)));
	}

	private LiveQuery query() {
		return new LiveQueryParser(QueryLimits.DEFAULT).parse(ALL_ROWS, List.of(), "ann",
				(schema, name) -> this.database.table);
	}

}
