package io.kalam.capture.debezium;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.codec.RowType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * What is delivered, in which order and from where on.
 */
class DebeziumChangeSourceIntegrationTests {

	private static final TableName ITEMS = new TableName("public", "items");

	private static final TableName OTHERS = new TableName("public", "others");

	private final CaptureFixture fixture = new CaptureFixture(
			"CREATE TABLE items (id int PRIMARY KEY, name text, note text DEFAULT 'none')",
			"CREATE TABLE others (id int PRIMARY KEY, name text)", "CREATE TABLE unknown (id int PRIMARY KEY)",
			"ALTER TABLE items REPLICA IDENTITY FULL", "ALTER TABLE others REPLICA IDENTITY FULL");

	@BeforeEach
	void know() {
		this.fixture.know("items", "others");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void everyOperation() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO items VALUES (1, 'a', NULL)");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("+[1, a, null]");
		this.fixture.execute("UPDATE items SET name = NULL");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("[1, a, null]>[1, null, null]");
		this.fixture.execute("UPDATE items SET id = 2");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("-[1, null, null]", "+[2, null, null]");
		this.fixture.execute("DELETE FROM items");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("-[2, null, null]");
		this.fixture.execute("TRUNCATE items, others");
		assertThat(recorder.awaitChanges()).extracting(Change::table, (change) -> change instanceof Change.Truncate)
			.containsExactlyInAnyOrder(tuple(ITEMS), tuple(OTHERS));
	}

	private static org.assertj.core.groups.Tuple tuple(TableName table) {
		return org.assertj.core.groups.Tuple.tuple(table, true);
	}

	@Test
	void aTransactionTellsItsCommitItsIdAndItsTime() throws SQLException {
		Recorder recorder = this.fixture.start();
		Lsn before = currentLsn();
		String xid;
		try (Connection connection = this.fixture.postgres.connect()) {
			connection.setAutoCommit(false);
			try (Statement statement = connection.createStatement()) {
				statement.execute("INSERT INTO items VALUES (1, 'a'), (2, 'b')");
				statement.execute("INSERT INTO others VALUES (1, 'c')");
			}
			xid = this.fixture.query("SELECT max(transactionid::text::bigint) FROM pg_locks");
			connection.commit();
		}
		Lsn after = currentLsn();
		CommittedTransaction transaction = recorder.awaitTransaction();
		assertThat(transaction.changes()).hasSize(3);
		assertThat(transaction.xid()).isEqualTo(Long.parseLong(xid));
		assertThat(transaction.commit()).isGreaterThan(before).isLessThanOrEqualTo(after);
		assertThat(transaction.commitTime()).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
	}

	@Test
	void onlyWhatWasCommittedIsDelivered() throws SQLException {
		Recorder recorder = this.fixture.start();
		try (Connection connection = this.fixture.postgres.connect();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO items VALUES (1, 'kept')");
			Savepoint outer = connection.setSavepoint();
			statement.execute("INSERT INTO items VALUES (2, 'rolled back')");
			connection.rollback(outer);
			Savepoint inner = connection.setSavepoint();
			statement.execute("INSERT INTO items VALUES (3, 'released')");
			connection.releaseSavepoint(inner);
			this.fixture.execute("INSERT INTO others VALUES (1, 'between')");
			connection.commit();
			statement.execute("INSERT INTO items VALUES (4, 'never')");
			connection.rollback();
		}
		List<CommittedTransaction> transactions = recorder.awaitTransactions(2);
		assertThat(RowTexts.of(transactions.get(0).changes())).containsExactly("+[1, between]");
		assertThat(RowTexts.of(transactions.get(1).changes())).containsExactly("+[1, kept, none]",
				"+[3, released, none]");
		assertThat(transactions.get(1).commit()).isGreaterThan(transactions.get(0).commit());
	}

	@Test
	void aPreparedTransactionIsDeliveredWhenItIsCommitted() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("BEGIN; INSERT INTO items VALUES (1, 'prepared'); PREPARE TRANSACTION 'one'");
		this.fixture.execute("BEGIN; INSERT INTO items VALUES (2, 'prepared'); PREPARE TRANSACTION 'two'");
		this.fixture.execute("INSERT INTO others VALUES (1, 'a')", "COMMIT PREPARED 'one'", "ROLLBACK PREPARED 'two'");
		List<CommittedTransaction> transactions = recorder.awaitTransactions(2);
		assertThat(RowTexts.of(transactions.get(1).changes())).containsExactly("+[1, prepared, none]");
	}

	@Test
	void aCopyIsOneTransaction() throws SQLException, IOException {
		Recorder recorder = this.fixture.start();
		copy(5000);
		CommittedTransaction transaction = recorder.awaitTransaction();
		assertThat(transaction.changes()).hasSize(5000);
		assertThat(((Change.Insert) transaction.changes().get(4999)).row().get(0)).isEqualTo("4999");
	}

	private void copy(int rows) throws SQLException, IOException {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < rows; i++) {
			text.append(i).append("\tname\tnote\n");
		}
		try (Connection connection = this.fixture.postgres.connect()) {
			connection.unwrap(PGConnection.class)
				.getCopyAPI()
				.copyIn("COPY items FROM STDIN", new StringReader(text.toString()));
		}
	}

	@Test
	void changesOfPartitionsAreTheRoots() {
		this.fixture.execute("CREATE TABLE parts (id int, day date, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
				"CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')",
				"CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')",
				"ALTER TABLE parts REPLICA IDENTITY FULL", "ALTER TABLE parts_1 REPLICA IDENTITY FULL",
				"ALTER TABLE parts_2 REPLICA IDENTITY FULL");
		this.fixture.know("parts");
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO parts VALUES (1, '2026-01-05'), (2, '2026-02-05')");
		List<Change> changes = recorder.awaitChanges();
		assertThat(changes).extracting(Change::table).containsOnly(new TableName("public", "parts"));
		assertThat(RowTexts.of(changes)).containsExactly("+[1, 2026-01-05]", "+[2, 2026-02-05]");
		this.fixture.execute("UPDATE parts SET day = '2026-02-06' WHERE id = 1");
		assertThat(RowTexts.of(recorder.awaitChanges())).containsExactly("-[1, 2026-01-05]", "+[1, 2026-02-06]");
	}

	@Test
	void whatIsNotCapturedIsProgress() {
		Recorder recorder = this.fixture.start();
		this.fixture.execute("INSERT INTO unknown VALUES (1)");
		this.fixture.execute("INSERT INTO items VALUES (1, 'a')");
		CommittedTransaction transaction = recorder.awaitTransaction();
		assertThat(recorder.progress.get()).isBetween(Lsn.ZERO, transaction.commit());
	}

	@Test
	void aMessageOutsideTransactionsIsProgress() throws SQLException {
		Recorder recorder = this.fixture.start();
		try (Connection connection = this.fixture.postgres.connect();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("INSERT INTO items VALUES (1, 'open')");
			Lsn before = currentLsn();
			heartbeat(CaptureFixture.MESSAGE_PREFIX);
			Lsn after = currentLsn();
			await().atMost(Recorder.PATIENCE).until(() -> recorder.progress.get().isAfter(Lsn.ZERO));
			assertThat(recorder.progress.get()).isBetween(before, after);
			statement.execute("SELECT pg_logical_emit_message(false, '" + CaptureFixture.MESSAGE_PREFIX + "', '')");
			statement.execute("SELECT pg_logical_emit_message(true, '" + CaptureFixture.MESSAGE_PREFIX + "', '')");
			statement.execute("INSERT INTO items VALUES (2, 'open')");
			connection.commit();
		}
		CommittedTransaction transaction = recorder.awaitTransaction();
		assertThat(transaction.changes()).hasSize(2);
		assertThat(transaction.commit()).isGreaterThan(recorder.progress.get());
	}

	private void heartbeat(String prefix) {
		this.fixture.execute("SELECT pg_logical_emit_message(false, '" + prefix + "', '')");
	}

	@Test
	void messagesOfOthersAreNothing() {
		Recorder recorder = this.fixture.start();
		heartbeat("somebody.else");
		this.fixture.execute("SELECT pg_logical_emit_message(true, 'somebody.else', '')");
		this.fixture.execute("INSERT INTO items VALUES (1, 'a')");
		recorder.awaitTransaction();
		assertThat(recorder.failures).isEmpty();
	}

	@Test
	void deliveryGoesOnExactlyBehindAPosition() {
		Recorder first = this.fixture.start();
		for (int i = 1; i <= 5; i++) {
			this.fixture.execute("INSERT INTO items VALUES (" + i + ", 'a')");
		}
		List<CommittedTransaction> all = List.copyOf(first.awaitTransactions(5));
		this.fixture.latest().stop();
		Recorder second = this.fixture.start(all.get(2).commit());
		List<CommittedTransaction> rest = second.awaitTransactions(2);
		assertThat(rest).extracting(CommittedTransaction::commit)
			.containsExactly(all.get(3).commit(), all.get(4).commit());
		assertThat(rest).extracting(CommittedTransaction::xid).containsExactly(all.get(3).xid(), all.get(4).xid());
	}

	@Test
	void theSlotFollowsWhatIsAcknowledgedAndNeverPassesIt() {
		Lsn start = this.fixture.confirmed();
		Recorder recorder = this.fixture.start();
		for (int i = 1; i <= 5; i++) {
			this.fixture.execute("INSERT INTO items VALUES (" + i + ", 'a')");
		}
		List<CommittedTransaction> all = recorder.awaitTransactions(5);
		await().during(Duration.ofMillis(1500))
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.fixture.confirmed().equals(start));
		for (CommittedTransaction transaction : List.of(all.get(1), all.get(0), all.get(4))) {
			this.fixture.latest().acknowledge(transaction.commit());
			Lsn expected = transaction.commit().max(all.get(1).commit());
			await().atMost(Duration.ofSeconds(30)).until(() -> this.fixture.confirmed().equals(expected));
		}
		heartbeat(CaptureFixture.MESSAGE_PREFIX);
		await().atMost(Recorder.PATIENCE).until(() -> recorder.progress.get().isAfter(all.get(4).commit()));
		assertThat(this.fixture.confirmed()).isEqualTo(all.get(4).commit());
		this.fixture.latest().acknowledge(recorder.progress.get());
		this.fixture.latest().stop();
		assertThat(this.fixture.confirmed()).isEqualTo(recorder.progress.get());
	}

	@Test
	void manyTablesOfOneSourceAreKeptApart() {
		Map<TableName, RowType> types = new HashMap<>(this.fixture.types);
		this.fixture.execute("CREATE TABLE \"It.ems$\" (id int PRIMARY KEY)",
				"CREATE TABLE \"It_ems_\" (id int PRIMARY KEY)", "ALTER TABLE \"It.ems$\" REPLICA IDENTITY FULL",
				"ALTER TABLE \"It_ems_\" REPLICA IDENTITY FULL");
		types.putAll(RowTypes.read(this.fixture.postgres, "It.ems$", "It_ems_"));
		this.fixture.types = types;
		Recorder recorder = this.fixture.start();
		this.fixture.execute("BEGIN; INSERT INTO \"It.ems$\" VALUES (1); INSERT INTO \"It_ems_\" VALUES (2); COMMIT");
		assertThat(recorder.awaitChanges()).extracting((change) -> change.table().name())
			.containsExactly("It.ems$", "It_ems_");
	}

	private Lsn currentLsn() {
		return Lsn.parse(this.fixture.query("SELECT pg_current_wal_insert_lsn()"));
	}

}
