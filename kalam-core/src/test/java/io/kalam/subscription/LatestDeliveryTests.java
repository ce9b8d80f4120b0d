package io.kalam.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.kalam.change.Change;
import io.kalam.query.Delivery;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What becomes of commits that wait for a client that wants the latest, one step at a
 * time.
 */
class LatestDeliveryTests extends LatestWorld {

	@Test
	void commitsThatAreTakenAsTheyComeAreToldOneByOne() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		List<String> told = new ArrayList<>();
		for (int v = 1; v < 4; v++) {
			commit(update(1, v - 1, v));
			told.addAll(poll());
		}
		assertThat(told).containsExactly("110: l UPDATE 1=1 was 1=0", "120: l UPDATE 1=2 was 1=1",
				"130: l UPDATE 1=3 was 1=2");
		assertThat(this.folded).hasValue(0);
	}

	@Test
	void commitsThatWaitAreToldAsOne() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		commit(update(1, 0, 1), update(2, 5, 6));
		commit(update(1, 1, 2));
		commit(update(1, 2, 3));
		assertThat(poll()).containsExactly("130: l UPDATE 2=6 was 2=5, l UPDATE 1=3 was 1=0 {l=2}");
		assertThat(this.folded).hasValue(2);
		commit(update(1, 3, 4));
		assertThat(poll()).containsExactly("140: l UPDATE 1=4 was 1=3");
	}

	@Test
	void eachRowIsWhatItCameTo() {
		subscribe("l", "SELECT id, v FROM items WHERE v < 100", Delivery.LATEST);
		commit(insert(1, 1), insert(2, 1), delete(3, 1), update(4, 1, 2), update(5, 1, 2), update(6, 1, 200),
				update(7, 200, 1));
		commit(update(1, 1, 2), delete(2, 1), insert(3, 7), update(4, 2, 1), delete(5, 2), update(6, 200, 3),
				update(7, 1, 300));
		assertThat(poll())
			.containsExactly("120: l INSERT 1=2, l UPDATE 3=7 was 3=1, l DELETE 5=1, " + "l UPDATE 6=3 was 6=1 {l=10}");
	}

	@Test
	void whatComesToNothingIsReported() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		commit(insert(1, 1));
		commit(delete(1, 1));
		assertThat(poll()).containsExactly("120: {l=2}");
	}

	@Test
	void truncateTakesThePlaceOfWhatWasBefore() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		commit(update(1, 1, 2), insert(2, 2));
		commit(new Change.Truncate(this.database.table.rowType()));
		commit(insert(1, 3));
		assertThat(poll()).containsExactly("130: l TRUNCATE, l INSERT 1=3 {l=2}");
	}

	@Test
	void whatASubscriptionToAllIsToldStaysAsItWasCommitted() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		subscribe("a", "SELECT id, v FROM items WHERE id > 10", Delivery.ALL);
		poll();
		commit(update(1, 0, 1));
		commit(update(1, 1, 2));
		commit(update(1, 2, 3), update(11, 0, 1));
		commit(update(1, 3, 4));
		commit(update(11, 1, 2));
		commit(update(1, 4, 5));
		assertThat(poll()).containsExactly(
				"130: l UPDATE 1=3 was 1=0, l UPDATE 11=1 was 11=0, a UPDATE 11=1 was 11=0 {l=2}",
				"150: l UPDATE 1=4 was 1=3, l UPDATE 11=2 was 11=1, a UPDATE 11=2 was 11=1",
				"160: l UPDATE 1=5 was 1=4");
	}

	@Test
	void rowsOfSeveralSubscriptionsAreKeptApart() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		subscribe("m", "SELECT id, v FROM items WHERE v > 1", Delivery.LATEST);
		poll();
		commit(update(1, 0, 1));
		commit(update(1, 1, 2));
		commit(update(1, 2, 3));
		assertThat(poll()).containsExactly("130: l UPDATE 1=3 was 1=0, m INSERT 1=3 {l=2, m=1}");
	}

	@Test
	void columnsThatAreNotShownTakeNoMemoryAndTellNothing() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		String wide = "y".repeat(20_000);
		commit(new Change.Update(row(1, wide, 1), row(1, wide, 2)));
		commit(new Change.Update(row(1, wide, 2), row(1, wide + "z", 2)));
		commit(new Change.Update(row(1, wide + "z", 2), row(1, wide, 3)));
		assertThat(this.session.feed().bytes()).isLessThan(2_000);
		assertThat(poll()).containsExactly("130: l UPDATE 1=3 was 1=1 {l=1}");
	}

	@Test
	void whatWaitsIsBoundedByTheRowsAndNotByTheChanges() {
		open(10_000, true);
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		for (int i = 1; i <= 10_000; i++) {
			commit(update(i % 10, i / 10, i / 10 + 1));
			assertThat(this.session.feed().bytes()).isLessThan(8_000);
		}
		List<String> told = poll();
		assertThat(told).hasSize(1);
		assertThat(told.get(0)).endsWith("{l=9990}").contains("l UPDATE 1=1000 was 1=0", "l UPDATE 0=1001 was 0=1");
		assertThat(this.fellBehind).hasValue(0);
		assertThat(this.session.feed().bytes()).isZero();
	}

	@Test
	void whatIsReadFromTheJournalIsFoldedByThePage() {
		open(4_000, true);
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		for (int i = 1; i <= 200; i++) {
			commit(insert(1000 + i, i), update(1, i - 1, i));
		}
		assertThat(this.fellBehind).hasValue(1);
		List<Transaction> told = transactions();
		assertThat(told).hasSizeBetween(2, 50);
		int changes = told.stream().mapToInt((transaction) -> transaction.changes().size()).sum();
		int left = told.stream().mapToInt((transaction) -> transaction.folded().getOrDefault("l", 0)).sum();
		assertThat(changes).isLessThan(300);
		assertThat(changes + left).isEqualTo(400);
		assertThat(this.folded).hasValue(left);
	}

	/**
	 * The chain has to stop where the one that joins has read to. That it has not been
	 * there yet takes a commit that does not concern the one that joins, and another
	 * subscription that is told something before the chain is.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6 })
	void whoJoinsWhileCommitsWaitIsToldEachBehindItsMark(int offset) {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		for (int v = 0; v < 100; v++) {
			commit(update(1, v, v + 1));
		}
		poll();
		this.session.subscribe(request("m", "SELECT id, v FROM items WHERE id > 10", Delivery.LATEST));
		this.session.subscribe(
				new SubscribeRequest("k", ALL_ROWS, List.of(), true, 10, 0, at(100).toString(), null, false, false));
		List<String> told = new ArrayList<>();
		int commits = 0;
		for (int poll = 0; poll < 100; poll++) {
			if (poll % 7 == offset) {
				commit(update(11, commits, ++commits));
			}
			else {
				commit(update(1, 0, 1));
			}
			if (this.session.poll() instanceof Transaction transaction) {
				told.addAll(ofM(transaction));
			}
		}
		transactions().forEach((transaction) -> told.addAll(ofM(transaction)));
		int known = 0;
		for (String change : told) {
			assertThat(change).endsWith(" was 11=" + known);
			known = Integer.parseInt(change.replaceAll("m UPDATE 11=(\\d+) was .*", "$1"));
		}
		assertThat(known).isEqualTo(commits);
	}

	private static List<String> ofM(Transaction transaction) {
		return transaction.changes()
			.stream()
			.map(LatestWorld::text)
			.filter((change) -> change.startsWith("m "))
			.toList();
	}

	@Test
	void resetIsNotHeldUpByWhatIsFolded() {
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		commit(update(1, 0, 1));
		this.hub.reset(ModelDatabase.NAME);
		assertThat(this.session.poll()).isInstanceOf(SubscriptionEvent.Reset.class);
		commit(update(1, 1, 2));
		assertThat(poll()).isEmpty();
		assertThat(this.folded).hasValue(0);
	}

	@Test
	void clientWithoutTransactionsHasToBeginAnewAfterATruncate() {
		open(100_000, false);
		subscribe("l", ALL_ROWS, Delivery.LATEST);
		commit(update(1, 0, 1));
		commit(new Change.Truncate(this.database.table.rowType()));
		commit(insert(1, 1));
		assertThat(this.session.poll()).isInstanceOfSatisfying(SubscriptionEvent.Failed.class,
				(failed) -> assertThat(failed.code()).isEqualTo(ErrorCode.RESYNC_REQUIRED));
	}

	/**
	 * Its cursor may be the boundary of a snapshot that has seen the first commit: that
	 * the row is again as it was at the cursor does not mean that the client holds it.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "true | 140: l UPDATE 2=3 was 2=1 {l=3}",
			"false | 110: l DELETE 1=1; 120: l INSERT 1=1; 130: l UPDATE 2=2 was 2=1; 140: l UPDATE 2=3 was 2=2" })
	void clientThatKnowsNoMarksIsToldEachChangeThatItMayHold(boolean transactions, String expected) {
		commit(delete(1, 1));
		commit(insert(1, 1));
		commit(update(2, 1, 2));
		commit(update(2, 2, 3));
		open(100_000, transactions);
		this.session.subscribe(new SubscribeRequest("l", ALL_ROWS, List.of(), true, 10, 0, at(100).toString(), null,
				false, false, Delivery.LATEST));
		assertThat(String.join("; ", poll())).isEqualTo(expected);
		commit(update(2, 3, 4));
		commit(update(2, 4, 5));
		assertThat(poll()).containsExactly("160: l UPDATE 2=5 was 2=3 {l=1}");
	}

	@Test
	void optionInTheSqlIsTaken() {
		this.session.subscribe(
				new SubscribeRequest("s", "SUBSCRIBE TO items OPTIONS (deliver = 'latest', from = '" + at(100) + "')",
						List.of(), true, 10, 0, null, null, false, false));
		poll();
		commit(update(1, 0, 1));
		commit(update(1, 1, 2));
		assertThat(transactions()).singleElement()
			.satisfies((transaction) -> assertThat(transaction.folded()).isEqualTo(Map.of("s", 1)));
	}

}
