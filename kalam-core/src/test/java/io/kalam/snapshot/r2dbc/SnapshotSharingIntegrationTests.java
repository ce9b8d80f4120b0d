package io.kalam.snapshot.r2dbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.kalam.partition.LiveTable;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.SnapshotRequest;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class SnapshotSharingIntegrationTests {

	private final SnapshotDatabase database = new SnapshotDatabase();

	private R2dbcSnapshotReader reader;

	private LiveTable tickets;

	@TempDir
	private Path directory;

	@BeforeEach
	void openReader() {
		this.tickets = this.database.tickets();
		this.reader = this.database.reader(this.directory, 2, SnapshotDatabase.WAIT);
	}

	@AfterEach
	void closeReader() {
		this.reader.close();
	}

	@Test
	void equalRequestsShareOneRead() throws SQLException {
		List<CompletableFuture<Snapshot>> futures = new ArrayList<>();
		try (Gate gate = new Gate(this.database)) {
			for (int i = 0; i < 50; i++) {
				futures.add(this.reader.read(gated(1)).toFuture());
			}
			gate.await(1);
			futures.add(this.reader.read(gated(1)).toFuture());
			assertThat(this.reader.open()).isEqualTo(1);
			assertThat(this.database.sessions()).isEqualTo(1);
			gate.open();
		}
		List<Snapshot> snapshots = futures.stream()
			.map((future) -> future.orTimeout(60, TimeUnit.SECONDS).join())
			.toList();
		assertThat(snapshots).extracting((snapshot) -> snapshot.visibility().toString())
			.containsOnly(snapshots.get(0).visibility().toString());
		assertThat(snapshots).doesNotHaveDuplicates();
		snapshots.subList(1, 51).forEach((snapshot) -> {
			snapshot.release();
			snapshot.release();
		});
		assertThatIllegalStateException().isThrownBy(() -> snapshots.get(1).rows(0, 1).block(SnapshotDatabase.WAIT));
		assertThat(SnapshotDatabase.rows(snapshots.get(0))).hasSize(2000);
		assertThat(this.reader.open()).isZero();
	}

	@Test
	void completedReadsAreNotJoined() {
		SnapshotRequest request = SnapshotDatabase.request(this.tickets, "ann");
		Snapshot before = this.reader.read(request).block(SnapshotDatabase.WAIT);
		this.database.execute("INSERT INTO tickets VALUES (5000, 'ann', 'new')");
		Snapshot after = this.reader.read(request).block(SnapshotDatabase.WAIT);
		assertThat(SnapshotDatabase.rows(before)).hasSize(2000);
		assertThat(SnapshotDatabase.rows(after)).hasSize(2001);
		assertThat(after.fence()).isGreaterThan(before.fence());
	}

	@Test
	void readsWaitTheirTurn() throws SQLException {
		List<Integer> finished = new CopyOnWriteArrayList<>();
		try (R2dbcSnapshotReader single = this.database.reader(this.directory, 1, SnapshotDatabase.WAIT);
				Gate gate = new Gate(this.database)) {
			for (int i = 0; i < 6; i++) {
				int number = i;
				single.read(gated(i)).subscribe((snapshot) -> {
					finished.add(number);
					snapshot.release();
				});
				this.reader.read(gated(i)).subscribe(Snapshot::release);
			}
			gate.await(3);
			assertThat(this.database.sessions()).isEqualTo(3);
			gate.open();
			Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> finished.size() == 6);
			assertThat(finished).containsExactly(0, 1, 2, 3, 4, 5);
			Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> this.reader.open() == 0);
			assertThat(this.database.sessions()).isEqualTo(3);
		}
	}

	@Test
	void aReadDoesNotWaitForItsTurnForEver() throws SQLException {
		try (R2dbcSnapshotReader single = this.database.reader(this.directory, 1, Duration.ofMillis(300));
				Gate gate = new Gate(this.database)) {
			CompletableFuture<Snapshot> first = single.read(gated(1)).toFuture();
			gate.await(1);
			assertThatExceptionOfType(SnapshotException.class)
				.isThrownBy(() -> single.read(gated(2)).block(SnapshotDatabase.WAIT))
				.withMessageContaining("No connection for a snapshot of public.tickets within PT0.3S");
			gate.open();
			assertThat(SnapshotDatabase.rows(first.orTimeout(60, TimeUnit.SECONDS).join())).hasSize(2000);
		}
	}

	@Test
	void writersAreNotHeldUpAndNothingElseSlipsIn() throws SQLException {
		try (Gate gate = new Gate(this.database)) {
			CompletableFuture<Snapshot> future = this.reader.read(gated(1)).toFuture();
			gate.await(1);
			this.database.execute("SET lock_timeout = '1s'", "INSERT INTO tickets VALUES (6000, 'ann', 'new')",
					"UPDATE tickets SET title = 'changed' WHERE id = 1", "DELETE FROM tickets WHERE id = 2");
			for (String exclusive : List.of("TRUNCATE tickets", "ALTER TABLE tickets ALTER COLUMN title TYPE varchar",
					"DROP TABLE tickets")) {
				assertThatIllegalStateException()
					.isThrownBy(() -> this.database.execute("SET lock_timeout = '100ms'", exclusive))
					.withMessageContaining("lock timeout");
			}
			gate.open();
			assertThat(SnapshotDatabase.rows(future.orTimeout(60, TimeUnit.SECONDS).join())).hasSize(2000)
				.noneMatch((row) -> row.get("title").asString().equals("changed"));
		}
		assertThat(this.database.locks("tickets")).isZero();
		this.database.execute("SET lock_timeout = '100ms'", "TRUNCATE tickets");
	}

	@Test
	void theSnapshotIsTakenBehindTheLock() throws SQLException {
		try (R2dbcSnapshotReader patient = new R2dbcSnapshotReader(this.database.settings,
				new SnapshotSettings(1, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10),
						Duration.ofSeconds(10), 1000, this.directory, "kalam-snapshot"),
				() -> Sequence.ZERO);
				Connection connection = this.database.settings.connect();
				Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			statement.execute("TRUNCATE tickets");
			statement.execute("INSERT INTO tickets VALUES (1, 'ann', 'after')");
			CompletableFuture<Snapshot> future = patient.read(SnapshotDatabase.request(this.tickets, "ann")).toFuture();
			Awaitility.await()
				.atMost(SnapshotDatabase.WAIT)
				.until(() -> this.database
					.query("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
							+ "AND wait_event = 'relation'")
					.equals("1"));
			connection.commit();
			assertThat(SnapshotDatabase.rows(future.orTimeout(60, TimeUnit.SECONDS).join())).hasSize(1);
		}
	}

	@Test
	void aDroppedSnapshotIsGivenBack() {
		this.reader.read(SnapshotDatabase.request(this.tickets, "ann")).block(SnapshotDatabase.WAIT);
		Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> {
			System.gc();
			return this.reader.open() == 0;
		});
	}

	@Test
	void closingEndsEverything() throws SQLException {
		Snapshot held = this.reader.read(SnapshotDatabase.request(this.tickets, "ann")).block(SnapshotDatabase.WAIT);
		try (Gate gate = new Gate(this.database)) {
			CompletableFuture<Snapshot> reading = this.reader.read(gated(1)).toFuture();
			gate.await(1);
			this.reader.close();
			assertThat(reading).failsWithin(SnapshotDatabase.WAIT)
				.withThrowableThat()
				.withMessageContaining("The snapshot reader is closed");
			gate.await(0);
		}
		assertThat(this.reader.open()).isZero();
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> held.rows(0, 1).block(SnapshotDatabase.WAIT));
		assertThatExceptionOfType(SnapshotException.class)
			.isThrownBy(() -> this.reader.read(gated(1)).block(SnapshotDatabase.WAIT));
		Awaitility.await().atMost(SnapshotDatabase.WAIT).until(() -> this.database.sessions() == 0);
	}

	private SnapshotRequest gated(int number) {
		return SnapshotDatabase.request(this.tickets, "ann", Gate.condition(number + 1), 0);
	}

}
