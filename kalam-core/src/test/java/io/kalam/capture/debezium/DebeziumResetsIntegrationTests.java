package io.kalam.capture.debezium;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.kalam.capture.ChangeSource;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.ResetReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a change can not be told as it is, and the table is reset instead.
 */
class DebeziumResetsIntegrationTests {

	private static final TableName ITEMS = new TableName("public", "items");

	private static final TableName OTHERS = new TableName("public", "others");

	private final CaptureFixture fixture = new CaptureFixture(
			"CREATE TABLE items (id int PRIMARY KEY, name text, note text DEFAULT 'none')",
			"CREATE TABLE others (id int PRIMARY KEY, name text)", "ALTER TABLE items REPLICA IDENTITY FULL",
			"ALTER TABLE others REPLICA IDENTITY FULL");

	@BeforeEach
	void know() {
		this.fixture.know("items", "others");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aTransactionThatIsTooLargeComesInParts() {
		this.fixture.maxTransactionBytes = 100_000;
		Recorder recorder = this.fixture.start();
		this.fixture.execute("WITH a AS (INSERT INTO items SELECT i, 'name' FROM generate_series(1, 20000) i) "
				+ "INSERT INTO others VALUES (1, 'a')");
		assertThat(RowTexts.of(recorder.awaitChanges())).hasSize(20_001).contains("+[1, a]", "+[20000, name, none]");
		assertThat(recorder.parts).hasSizeGreaterThan(10)
			.allMatch((size) -> size <= 100_000 / 100 + 1, "no part is larger than it may be");
		this.fixture.execute("INSERT INTO others VALUES (2, 'b')");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("+[2, b]");
	}

	@Test
	void aLargeTransactionInWhichTheSourceStopsIsDiscarded() throws InterruptedException {
		this.fixture.maxTransactionBytes = 100_000;
		Interrupted transaction = new Interrupted();
		this.fixture.source().start(this.fixture.confirmed(), new Recorder() {

			@Override
			public ChangeSource.LargeTransaction onLargeTransaction() {
				return transaction;
			}

		});
		this.fixture.execute("INSERT INTO items SELECT i, 'name' FROM generate_series(1, 20000) i");
		assertThat(transaction.begun.await(60, TimeUnit.SECONDS)).isTrue();
		this.fixture.latest().stop();
		assertThat(transaction.discarded).isTrue();
	}

	@Test
	void aValueThatCanNotBeConvertedResetsItsTable() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("WITH a AS (INSERT INTO items VALUES (1, 'a'), (2, 'refused'), (3, 'c')) "
				+ "INSERT INTO others VALUES (1, 'a')");
		List<Change> changes = recorder.awaitChanges();
		assertThat(changes).contains(new Change.Reset(ITEMS, ResetReason.CONVERSION)).hasSize(2);
		this.fixture.execute("INSERT INTO items VALUES (4, 'd')");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("+[4, d, none]");
	}

	@Test
	void aChangedTableIsResetUntilItsNewColumnsAreKnown() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO items VALUES (1, 'a')");
		recorder.awaitChanges();
		for (String change : List.of("ADD extra int", "DROP extra", "RENAME note TO remark",
				"ALTER name TYPE varchar(40)", "ALTER name TYPE varchar(50)",
				"ALTER remark DROP DEFAULT, ALTER remark TYPE numeric(10,2) USING 1", "ALTER remark TYPE numeric(12,4)",
				"ALTER id TYPE bigint", "DROP CONSTRAINT items_pkey, ADD PRIMARY KEY (id, name)")) {
			this.fixture.execute("ALTER TABLE items " + change);
			this.fixture.execute("UPDATE items SET name = name || '.'", "INSERT INTO others VALUES (1, 'a')");
			List<CommittedTransaction> transactions = recorder.awaitTransactions(2);
			assertThat(transactions.get(0).changes()).as(change)
				.containsExactly(new Change.Reset(ITEMS, ResetReason.SCHEMA));
			assertThat(RowTexts.of(transactions.get(1).changes())).containsExactly("+[1, a]");
			recorder.transactions.clear();
			this.fixture.execute("UPDATE items SET name = name || '.'", "DELETE FROM others");
			assertThat(recorder.awaitTransactions(2).get(0).changes()).as(change)
				.containsExactly(new Change.Reset(ITEMS, ResetReason.SCHEMA));
			recorder.transactions.clear();
			this.fixture.know("items", "others");
			this.fixture.execute("UPDATE items SET id = id");
			assertThat(recorder.awaitChanges()).as(change).hasOnlyElementsOfType(Change.Update.class);
		}
	}

	@Test
	void rowsBeforeAndAfterAChangeOfTheTableInOneTransactionAreOneReset() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("BEGIN; INSERT INTO items VALUES (1, 'a'); INSERT INTO others VALUES (1, 'o'); "
				+ "ALTER TABLE items ADD extra int; INSERT INTO items VALUES (2, 'b'); COMMIT");
		assertThat(recorder.awaitChanges()).hasSize(2).contains(new Change.Reset(ITEMS, ResetReason.SCHEMA));
	}

	@Test
	void aTableThatWasDroppedAndMadeAgainIsTheSameTable() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO others VALUES (1, 'a')");
		recorder.awaitChanges();
		this.fixture.execute("DROP TABLE others", "CREATE TABLE others (name text, id int PRIMARY KEY)",
				"ALTER TABLE others REPLICA IDENTITY FULL", "INSERT INTO others VALUES ('b', 2)");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("+[2, b]");
	}

	@Test
	void anOldRowThatIsNotSentResetsItsTable() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO items VALUES (1, 'a')");
		recorder.awaitChanges();
		this.fixture.execute("ALTER TABLE items REPLICA IDENTITY DEFAULT", "UPDATE items SET name = 'b'");
		assertThat(recorder.awaitChanges()).containsExactly(new Change.Reset(ITEMS, ResetReason.SCHEMA));
	}

	@Test
	void aTableThatIsResetInALaterPartIsResetAtTheCommit() {
		this.fixture.maxTransactionBytes = 100_000;
		Recorder recorder = this.fixture.start();
		this.fixture.execute("WITH a AS (INSERT INTO items SELECT i, CASE i WHEN 9000 THEN 'refused' ELSE 'name' END "
				+ "FROM generate_series(1, 10000) i) INSERT INTO others VALUES (1, 'a')");
		List<Change> changes = recorder.awaitChanges();
		assertThat(changes).endsWith(new Change.Reset(ITEMS, ResetReason.CONVERSION));
		assertThat(recorder.parts).hasSizeGreaterThan(1);
		assertThat(RowTexts.of(changes.subList(0, changes.size() - 1))).contains("+[1, a]")
			.doesNotContain("+[9001, name, none]");
	}

	/**
	 * A transaction whose first part waits until the source is stopped.
	 */
	private static final class Interrupted implements ChangeSource.LargeTransaction {

		private final CountDownLatch begun = new CountDownLatch(1);

		private volatile boolean discarded;

		@Override
		public void add(List<Change> changes) {
			this.begun.countDown();
			try {
				new CountDownLatch(1).await();
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void commit(Lsn commit, long xid, Instant commitTime) {
		}

		@Override
		public void discard() {
			this.discarded = true;
		}

	}

}
