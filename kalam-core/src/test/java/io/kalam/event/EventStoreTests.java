package io.kalam.event;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Lsn;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.partition.Partition;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EventStoreTests extends CommittedEvents {

	@Test
	void eventsComeChangeAndEnd() {
		commit(put("ann", "a", 1), put("bob", "a", 2));
		commit(put("ann", "a", 3), remove("bob", "a"), remove("bob", "b"));
		assertThat(changes()).containsExactly("+ann a 1", "+bob a 2", "ann a 1>3", "-bob a 2");
		assertThat(read("ann")).containsExactly("ann a 3");
		assertThat(read("bob")).isEmpty();
	}

	@Test
	void endWithTheFirstCommitBehindTheirTime() {
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(4));
		commit(put("bob", "b", 2));
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(6));
		this.clock.advance(Duration.ofSeconds(6));
		assertThat(this.store.isDue()).isTrue();
		commit();
		assertThat(changes()).containsExactly("+ann a 1", "+bob b 2", "-ann a 1");
		assertThat(this.store.isDue()).isFalse();
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(4));
	}

	@Test
	void endByASignOfLifeIfNothingIsCommitted() {
		commit(put("ann", "a", 1));
		progress();
		assertThat(this.published).hasSize(1);
		this.clock.advance(TTL);
		progress();
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1");
		assertThat(this.published.get(1).commit()).isEqualTo(new Lsn(this.next));
		assertThat(this.published.get(1).xid()).isEqualTo(this.published.get(0).xid());
		this.clock.advance(TTL);
		progress();
		assertThat(this.published).hasSize(2);
		assertThat(this.store.untilDue()).isNull();
	}

	@Test
	void liveAnewWhenTheyAreToldAgain() {
		commit(put("ann", "a", 1), put("ann", "b", 1));
		this.clock.advance(Duration.ofSeconds(9));
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(9));
		progress();
		assertThat(changes()).containsExactly("+ann a 1", "+ann b 1", "ann a 1>1", "-ann b 1");
		assertThat(read("ann")).containsExactly("ann a 1");
	}

	@Test
	void liveFromTheirCommitOnHoweverLateTheyCome() {
		commit();
		Instant committed = this.clock.instant();
		commit(put("ann", "now", 1));
		this.clock.advance(Duration.ofSeconds(7));
		commit(committed, put("ann", "late", 1));
		assertThat(this.store.untilDue()).isEqualTo(Duration.ofSeconds(3));
		this.clock.advance(Duration.ofSeconds(3));
		commit(committed, put("ann", "too late", 1));
		assertThat(changes()).containsExactly("+ann now 1", "+ann late 1", "-ann now 1", "-ann late 1");
	}

	@Test
	void theOldestMakeRoom() {
		commit(put("bob", "x", 1));
		for (int i = 0; i < MOST; i++) {
			commit(put("ann", "n" + i, i));
		}
		commit(put("ann", "n0", 9), put("ann", "more", 5));
		assertThat(changes()).endsWith("ann n0 0>9", "+ann more 5", "-ann n1 1");
		assertThat(read("ann")).containsExactly("ann n2 2", "ann n3 3", "ann n0 9", "ann more 5");
		assertThat(read("bob")).hasSize(1);
	}

	@Test
	void whatCouldNotBePublishedIsPublishedAsItWasWhenItComesAgain() {
		CommittedTransaction lost = transaction(this.clock.instant(), put("ann", "a", 1));
		assertThatIllegalStateException().isThrownBy(() -> this.store.apply(lost, FAILING));
		assertThat(this.store.read(new Partition(NAME, "ann"))).isNull();
		this.store.apply(lost, this.publish);
		assertThat(changes()).containsExactly("+ann a 1");
		assertThat(read("ann")).containsExactly("ann a 1");
	}

	@Test
	void whatEndedAndCouldNotBePublishedIsToldByTheNextCommit() {
		commit(put("ann", "a", 1));
		this.clock.advance(TTL);
		assertThatIllegalStateException().isThrownBy(() -> this.store.expire(new Lsn(++this.next), FAILING));
		commit(put("ann", "a", 2));
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1", "+ann a 2");
	}

	@Test
	void whatComesAgainIsNotAppliedAgain() {
		CommittedTransaction first = transaction(this.clock.instant(), put("ann", "a", 1));
		this.store.apply(first, this.publish);
		commit(remove("ann", "a"));
		List<CommittedTransaction> again = new ArrayList<>();
		this.store.apply(first, again::add);
		assertThat(again).allSatisfy((transaction) -> assertThat(transaction.changes()).isEmpty());
		assertThat(read("ann")).isEmpty();
	}

	@Test
	void rowsOfATableWithItsNameAreNoEvents() {
		commit(new Change.Insert(row("ann", "a", 1)));
		assertThat(changes()).isEmpty();
		assertThat(read("ann")).isEmpty();
	}

	@Test
	void whatIsHeldLivesAsLongAsItIsAndNothingIsToldOfThat() {
		commit(hold("h1", "ann", "a", 1));
		for (int i = 0; i < 5; i++) {
			this.clock.advance(Duration.ofSeconds(6));
			commit(hold("h1", "ann", "a", 1));
		}
		assertThat(changes()).containsExactly("+ann a 1");
		commit(hold("h1", "ann", "a", 2), release("h1", "ann", "a"), release("h1", "ann", "a"));
		assertThat(changes()).containsExactly("+ann a 1", "ann a 1>2", "-ann a 2");
		commit(hold("h1", "ann", "b", 1));
		this.clock.advance(TTL);
		progress();
		assertThat(read("ann")).isEmpty();
	}

	@Test
	void whatIsHeldEndsWithItsLastHolder() {
		commit(hold("h1", "ann", "a", 1), hold("h2", "ann", "a", 1), release("h1", "ann", "a"));
		assertThat(read("ann")).containsExactly("ann a 1");
		commit(release("h2", "ann", "a"));
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1");
	}

	@Test
	void aHolderThatDiedKeepsNothing() {
		commit(hold("dead", "ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(9));
		commit(hold("h1", "ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(1));
		commit(release("h1", "ann", "a"));
		assertThat(changes()).containsExactly("+ann a 1", "-ann a 1");
	}

	@Test
	void whatBecomesOfEventsIsCounted() {
		commit(put("ann", "a", 1), put("ann", "a", 1), put("bob", "b", 1), hold("h1", "bob", "c", 1),
				hold("h1", "bob", "c", 1), hold("h1", "bob", "c", 2));
		assertCounts(3, 5, 0, 0, 0);
		long each = this.store.status(NAME).bytes() / 3;
		assertThat(each).isEqualTo(row("ann", "a", 1).size());
		commit(remove("ann", "a"), remove("ann", "a"), release("h1", "bob", "c"));
		assertCounts(1, 5, 0, 2, 0);
		for (int i = 0; i < MOST + 2; i++) {
			commit(put("cid", "n" + i, i));
		}
		assertCounts(1 + MOST, 5 + MOST + 2, 0, 2, 2);
		this.clock.advance(TTL);
		progress();
		assertCounts(0, 5 + MOST + 2, 1 + MOST, 2, 2);
		assertThat(this.store.status(NAME).bytes()).isZero();
	}

	private void assertCounts(long living, long told, long expired, long retracted, long dropped) {
		StreamStatus status = this.store.status(NAME);
		assertThat(status.living()).isEqualTo(living);
		assertThat(status.told()).isEqualTo(told);
		assertThat(status.ended())
			.isEqualTo(Map.of(EventEnd.EXPIRED, expired, EventEnd.RETRACTED, retracted, EventEnd.DROPPED, dropped));
		assertThat(status.ended(EventEnd.DROPPED)).isEqualTo(dropped);
	}

	@Test
	void whatCannotBeReadIsLostAndCounted() {
		commit(new Change.Message(NAME, "{".getBytes(StandardCharsets.UTF_8)), put("ann", "a", 1));
		this.store.lost(NAME);
		assertThat(this.store.status(NAME).lost()).isEqualTo(2);
		assertThat(this.store.status(NAME).told()).isEqualTo(1);
	}

	@Test
	void whatIsForgottenDoesNotLive() {
		commit(put("ann", "a", 1), put("bob", "b", 1), put("bob", "c", 1));
		this.store.purge(List.of(new Partition(NAME, "bob")));
		assertThat(this.store.status(NAME).living()).isEqualTo(1);
		this.store.forget();
		assertCounts(0, 3, 0, 0, 0);
		assertThat(this.store.status(NAME).bytes()).isZero();
	}

	@Test
	void whoWaitsIsToldWhenSomethingEndsSooner() {
		List<Duration> told = new ArrayList<>();
		this.store.listen(() -> told.add(this.store.untilDue()));
		commit(put("ann", "a", 1));
		this.clock.advance(Duration.ofSeconds(1));
		commit(put("ann", "b", 1));
		assertThat(told).containsExactly(TTL);
	}

}
