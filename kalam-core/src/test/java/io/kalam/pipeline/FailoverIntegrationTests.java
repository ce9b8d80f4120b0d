package io.kalam.pipeline;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.kalam.journal.rocksdb.RocksJournal;
import io.kalam.journal.rocksdb.RocksJournalSettings;
import io.kalam.sequence.Epoch;
import io.kalam.subscription.SubscriptionEvent.Reset;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import io.kalam.testing.TestEngine;
import io.kalam.testing.TestPostgres;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A standby that is promoted for real while the application runs, from Postgres 17 on.
 */
class FailoverIntegrationTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final String SLOT = "kalam_app";

	@TempDir
	private Path directory;

	private ReplicatedServer server;

	private int rows;

	@BeforeEach
	void start() throws Exception {
		assumeTrue(TestPostgres.MAJOR >= 17, "Slots are copied to standbys from Postgres 17 on");
		this.server = new ReplicatedServer(this.directory.resolve("servers"));
		TestPostgres.execute(this.server.settings(), "CREATE TABLE notes (id int8 PRIMARY KEY, owner text)",
				"ALTER TABLE notes REPLICA IDENTITY FULL");
	}

	@AfterEach
	void stop() throws Exception {
		if (this.server != null) {
			this.server.close();
		}
	}

	@Test
	void aSlotThatIsCopiedGoesOnWithNothingLostAndNothingTwice() throws Exception {
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			Epoch before = engine.pipeline().epoch();
			client.subscribe("notes");
			client.awaitLive("notes");
			insert(5);
			this.server.awaitCopied(SLOT);
			insert(5);
			client.await((event) -> tells(event, this.rows));
			this.server.failOver();
			insert(5);
			client.await((event) -> tells(event, this.rows));
			assertThat(client.polled).noneMatch(Reset.class::isInstance);
			assertThat(told(client))
				.containsExactlyElementsOf(IntStream.rangeClosed(1, this.rows).mapToObj(Integer::toString).toList());
			assertThat(engine.pipeline().epoch()).isEqualTo(before);
		}
	}

	@Test
	void aSlotThatIsNotCopiedIsANewHistoryAndEveryoneReadsAnew() throws Exception {
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			engine.stop();
			mark(false);
			engine.start();
			client.subscribe("notes");
			client.awaitLive("notes");
			insert(3);
			client.await((event) -> tells(event, this.rows));
			Epoch before = engine.pipeline().epoch();
			this.server.failOver();
			client.await((event) -> event instanceof Reset reset && reset.reason() == Reset.Reason.EPOCH);
			client.polled.clear();
			client.awaitLive("notes");
			insert(1);
			client.await((event) -> tells(event, this.rows));
			assertThat(engine.pipeline().epoch()).isNotEqualTo(before);
		}
	}

	@Test
	void aStandbyThatIsAwayHoldsChangesBackAndTheStatusSaysSo() throws Exception {
		try (TestEngine engine = engine(); PolledClient client = new PolledClient(engine, "ann")) {
			engine.start();
			client.subscribe("notes");
			client.awaitLive("notes");
			this.server.loseStandby();
			insert(1);
			Awaitility.await().atMost(PATIENCE).until(() -> isHeld(engine.pipeline().capture()));
			assertThat(client.polled).noneMatch((event) -> tells(event, this.rows));
			this.server.forgetStandby();
			client.await((event) -> tells(event, this.rows));
			assertThat(engine.pipeline().status().state()).isEqualTo(PipelineState.STREAMING);
		}
	}

	private TestEngine engine() {
		return new TestEngine(this.server.settings(), OnSlotLost.RESYNC,
				RocksJournal.open(RocksJournalSettings.defaults(this.directory.resolve("journal")), Clock.systemUTC()),
				1 << 20, TestEngine.owned("notes", "owner"));
	}

	/**
	 * What the manual says to type.
	 */
	private void mark(boolean failover) throws Exception {
		try (Connection connection = this.server.settings().connectForReplication();
				Statement statement = connection.createStatement()) {
			statement.execute("ALTER_REPLICATION_SLOT " + SLOT + " (FAILOVER " + failover + ")");
		}
	}

	private void insert(int count) {
		for (int i = 0; i < count; i++) {
			this.rows++;
			TestPostgres.execute(this.server.settings(), "INSERT INTO notes VALUES (" + this.rows + ", 'ann')");
		}
	}

	private static boolean isHeld(@Nullable CaptureStatus capture) {
		return capture != null && capture.isHeldByStandby();
	}

	private static boolean tells(Object event, int row) {
		return event instanceof Transaction transaction && ids(transaction).contains(Integer.toString(row));
	}

	private static List<String> told(PolledClient client) {
		return client.polled.stream()
			.filter(Transaction.class::isInstance)
			.flatMap((event) -> ids((Transaction) event).stream())
			.toList();
	}

	private static List<String> ids(Transaction transaction) {
		return transaction.changes()
			.stream()
			.map((change) -> new String(change.row()).replaceAll("^\\{\"id\":\"(\\d+)\".*", "$1"))
			.toList();
	}

}
