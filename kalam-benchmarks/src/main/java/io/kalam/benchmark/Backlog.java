package io.kalam.benchmark;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;

import io.kalam.catalog.CheckedDatabase;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.Manage;
import io.kalam.catalog.ReplicationSlot;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.StartupChecks;
import io.kalam.catalog.StartupRequirements;
import io.kalam.codec.Codecs;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;

import org.springframework.util.Assert;

/**
 * Rows that were committed while nobody read, in transactions of one size. As nothing is
 * acknowledged, they can be read again and again.
 */
final class Backlog implements AutoCloseable {

	private static final String COMMITS = """
			DO $$ BEGIN FOR i IN 0..%d LOOP
				INSERT INTO items (id, owner, status, body)
				SELECT i * %d + j, 'alice', 'open', repeat('The printer is out of paper again. ', 3)
				FROM generate_series(1, %d) j;
				COMMIT;
			END LOOP; END $$
			""";

	private static final long LOOK = 20_000_000;

	private static final int LOOKS = 500;

	private final BenchmarkDatabase database = new BenchmarkDatabase();

	private final RealtimeTables tables = new RealtimeTables();

	private final ReplicationSlot slot = new ReplicationSlot(this.database.settings(), BenchmarkDatabase.SLOT);

	private final int transactions;

	private final int rows;

	/**
	 * Commits the rows.
	 * @param transactions how many transactions
	 * @param rows how many rows in each
	 */
	Backlog(int transactions, int rows) {
		this.transactions = transactions;
		this.rows = rows;
		this.database.publish("items");
		Codecs codecs = new Codecs();
		CheckedDatabase checked = check();
		this.tables.replace(checked.tables()
			.stream()
			.map((table) -> new LiveTable(BenchmarkDatabase.TABLE, codecs.rowType(table.table()), table.owner(),
					table.lineage()))
			.toList());
		this.database.execute(
				List.of("SET synchronous_commit = off", COMMITS.formatted(transactions - 1, rows, rows), "CHECKPOINT"));
	}

	/**
	 * Asks for no more than that the table is there. NullAway does not see in another
	 * module's classes that a type argument may be null.
	 */
	@SuppressWarnings("NullAway")
	private CheckedDatabase check() {
		StartupRequirements requirements = new StartupRequirements(BenchmarkDatabase.SLOT,
				BenchmarkDatabase.PUBLICATION, Manage.CREATE, false, List.of(BenchmarkDatabase.TABLE.table()));
		return new StartupChecks(this.database.settings(), requirements, (type) -> true).run();
	}

	/**
	 * Waits until nobody reads the slot.
	 * @return the position from which it is to be read
	 */
	Lsn begin() {
		for (int i = 0; i < LOOKS; i++) {
			SlotState state = this.slot.read();
			Assert.state(state != null, "The slot is gone");
			if (state.activePid() == null) {
				return Objects.requireNonNull(state.confirmed());
			}
			LockSupport.parkNanos(LOOK);
		}
		throw new IllegalStateException("The slot is still being read");
	}

	BenchmarkDatabase database() {
		return this.database;
	}

	RealtimeTables tables() {
		return this.tables;
	}

	int transactions() {
		return this.transactions;
	}

	int rows() {
		return this.rows;
	}

	@Override
	public void close() {
		this.database.close();
	}

}
