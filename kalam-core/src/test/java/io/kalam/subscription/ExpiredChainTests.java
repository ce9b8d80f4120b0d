package io.kalam.subscription;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.kalam.query.Delivery;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that is so slow that the journal has forgotten what it has to be told.
 */
class ExpiredChainTests extends LatestWorld {

	@Test
	void subscriptionThatWasToJoinIsToldWhatTheChainHasLost() {
		open(400, true);
		subscribe("slow", ALL_ROWS, Delivery.ALL);
		for (int i = 0; i < 40; i++) {
			commit(insert(i, i));
		}
		this.session.subscribe(request("joining", ALL_ROWS, Delivery.ALL));
		assertThat(this.session.poll()).isInstanceOf(Acknowledged.class);
		for (int i = 0; i < 3; i++) {
			assertThat(this.session.poll()).as("what the chain tells while they take turns")
				.isInstanceOfSatisfying(Transaction.class, (transaction) -> assertThat(transaction.id()).isNull());
		}
		this.clock.advance(Duration.ofDays(2));
		commit(insert(100, 100));
		List<String> told = new ArrayList<>();
		for (SubscriptionEvent event = this.session.poll(); event != null; event = this.session.poll()) {
			if (event instanceof Reset reset) {
				told.add(reset.id() + " " + reset.reason());
			}
			else if (event instanceof Mark mark && mark.id() != null) {
				told.add(mark.id() + " is live at " + mark.sequence().lsn().value());
			}
			else if (event instanceof Transaction transaction && transaction.id() != null) {
				told.add(text(transaction));
			}
		}
		assertThat(told).containsExactly("slow EXPIRED", this.lsn + ": joining INSERT 100=100",
				"joining is live at " + this.lsn);
	}

}
