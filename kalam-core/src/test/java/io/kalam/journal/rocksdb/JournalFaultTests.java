package io.kalam.journal.rocksdb;

import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.kalam.journal.JournalUnreadableException;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TestTransactions;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a journal answers, and how it goes on, when its store fails at an awkward moment.
 */
class JournalFaultTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	@TempDir
	private Path parent;

	private Path directory;

	private RocksJournal journal;

	@BeforeEach
	void open() throws InterruptedException {
		this.directory = this.parent.resolve("journal");
		this.journal = RocksJournal.open(RocksJournalSettings.defaults(this.directory), Clock.systemUTC());
		this.journal.restart(new Sequence(10), JournalScript.identity(1));
		append(20);
		append(30);
		assertThat(this.journal.awaitDurable(new Sequence(30), PATIENCE)).isTrue();
	}

	@AfterEach
	void close() {
		this.journal.close();
	}

	@Test
	void answersWhatItKnowsWhileItsStoreIsAway() throws Exception {
		Path lock = this.directory.resolve("LOCK");
		Files.delete(lock);
		Files.createDirectory(lock);
		closeStore();
		append(40);
		assertThat(this.journal.position())
			.isEqualTo(new JournalPosition(JournalScript.identity(1), new Sequence(30).lsn()));
		assertThat(this.journal.head()).isEqualTo(new Sequence(40));
		assertThat(this.journal.lowWater()).isEqualTo(new Sequence(10));
		assertThat(this.journal.status().oldest()).isNotNull();
		assertThat(this.journal.status().bytes()).isPositive();
		assertThat(this.journal.status().durable()).isEqualTo(new Sequence(30));
		assertThat(sequences(30)).containsExactly(40L);
		assertThat(this.journal.serves(ANN, new Sequence(20))).isTrue();
		assertThat(this.journal.serves(ANN, new Sequence(9))).isFalse();
		assertThat(this.journal.transactionsAfter(new Sequence(30)))
			.containsExactly(new TransactionMark(new Sequence(40), 1040));
		assertThatExceptionOfType(JournalUnreadableException.class).isThrownBy(() -> sequences(20));
		assertThatExceptionOfType(JournalUnreadableException.class)
			.isThrownBy(() -> this.journal.transactionsAfter(new Sequence(20)));
		assertThat(this.journal.awaitDurable(new Sequence(40), Duration.ZERO)).isFalse();
		Files.delete(lock);
		assertThat(this.journal.awaitDurable(new Sequence(40), PATIENCE)).isTrue();
		assertThat(sequences(10)).containsExactly(20L, 30L, 40L);
		assertThat(this.journal.status().trouble()).isNull();
	}

	private void closeStore() throws ReflectiveOperationException {
		Object disk = field(this.journal, "disk");
		OpenStore store = (OpenStore) field(disk, "store");
		store.release();
	}

	@Test
	void beginsAnewOnceItCanIfItCouldNotAtFirst() throws Exception {
		Path obstacle = Files.createDirectory(this.directory.resolve("999999.sst"));
		Files.createFile(obstacle.resolve("file"));
		assertThatExceptionOfType(JournalUnreadableException.class).isThrownBy(() -> restart(50))
			.withMessageContaining("Make room");
		assertThat(this.journal.position()).isNull();
		assertThat(this.journal.status().trouble()).isNotNull();
		assertThatExceptionOfType(JournalUnreadableException.class).isThrownBy(() -> sequences(20));
		assertThatExceptionOfType(JournalUnreadableException.class).isThrownBy(() -> restart(50));
		Files.delete(obstacle.resolve("file"));
		Files.delete(obstacle);
		restart(50);
		append(60);
		assertThat(this.journal.awaitDurable(new Sequence(60), PATIENCE)).isTrue();
		assertThat(sequences(50)).containsExactly(60L);
		assertThat(this.journal.status().trouble()).isNull();
	}

	@Test
	void writesNothingTwiceThatAFailedSyncHasBroughtBack() throws Exception {
		Disk disk = (Disk) field(this.journal, "disk");
		List<Segment> before = disk.view().segments();
		Group again = new Group(List.of(new Group.Appended(transaction(30), 0)), new Sequence(30),
				JournalScript.identity(1));
		assertThat(disk.tryWrite((history) -> history.write(again))).isTrue();
		assertThat(disk.view().segments()).isEqualTo(before);
	}

	@Test
	void listsNothingThatAFailedSyncHasBroughtBackAndTheTailHasToo() throws Exception {
		Disk disk = (Disk) field(this.journal, "disk");
		List<TransactionMark> marks = disk
			.read((store) -> store.history().transactionsAfter(disk.view(), new Sequence(10), new Sequence(20)));
		assertThat(marks).containsExactly(new TransactionMark(new Sequence(20), 1020));
	}

	@Test
	void discardsAlsoOnAThreadThatIsInterrupted() throws RocksDBException {
		int before = columnFamilies();
		StagedTransaction staged = stageLarge();
		assertThat(columnFamilies()).isEqualTo(before + 1);
		Thread.currentThread().interrupt();
		staged.discard();
		assertThat(Thread.interrupted()).isTrue();
		assertThat(columnFamilies()).isEqualTo(before);
	}

	@Test
	void appendsAlthoughWhatIsTooMuchCannotBeDropped() throws Exception {
		this.journal.close();
		RocksJournalSettings defaults = RocksJournalSettings.defaults(this.parent.resolve("small"));
		this.journal = RocksJournal.open(new RocksJournalSettings(defaults.directory(), defaults.maxAge(), 1 << 20,
				defaults.syncDelay(), 1, defaults.maxTail(), 4 << 20), Clock.systemUTC());
		append(20);
		assertThat(this.journal.awaitDurable(new Sequence(20), PATIENCE)).isTrue();
		dropBehindItsBack();
		StagedTransaction staged = stageLarge();
		staged.commit(new Sequence(30), 7, Instant.EPOCH);
		assertThat(this.journal.durable()).isEqualTo(new Sequence(30));
		assertThat(this.journal.status().trouble()).isNull();
		assertThat(this.journal.lowWater()).isGreaterThanOrEqualTo(new Sequence(20));
		append(40);
		assertThat(this.journal.awaitDurable(new Sequence(40), PATIENCE)).isTrue();
		assertThat(sequences(30)).containsExactly(40L);
	}

	private void dropBehindItsBack() throws ReflectiveOperationException, RocksDBException {
		Disk disk = (Disk) field(this.journal, "disk");
		int segment = disk.view().segments().get(0).number();
		Store store = disk.read((opened) -> opened.history().store());
		RocksDB db = (RocksDB) field(store, "db");
		db.dropColumnFamily(store.segment(segment));
	}

	@Test
	void keepsManyTransactionsOfAModerateSizeTogether() throws Exception {
		long start = System.nanoTime();
		for (int i = 1; i <= 2000; i++) {
			StagedTransaction staged = this.journal.stage();
			for (int part = 0; part < 10; part++) {
				staged.add(List.of(TestTransactions.insert(part, TestTransactions.TICKETS, "ann", "x".repeat(4000))));
			}
			staged.commit(new Sequence(1000 + i), 7, Instant.EPOCH);
		}
		Sequence last = new Sequence(3000);
		assertThat(this.journal.awaitDurable(last, PATIENCE)).isTrue();
		System.out.printf("Journal: 2000 staged commits of 40 KB in %d ms%n", (System.nanoTime() - start) / 1_000_000);
		assertThat(columnFamilies()).isLessThan(10);
		assertThat(this.journal.transactionsAfter(new Sequence(1000))).hasSize(2000);
		assertThat(this.journal.read(ANN, new Sequence(2999), last, Long.MAX_VALUE).transactions().get(0).changes())
			.hasSize(10);
	}

	private static Object field(Object object, String name) throws ReflectiveOperationException {
		Field field = object.getClass().getDeclaredField(name);
		field.setAccessible(true);
		return field.get(object);
	}

	private int columnFamilies() throws RocksDBException {
		try (Options options = new Options()) {
			return RocksDB.listColumnFamilies(options, this.directory.toString()).size();
		}
	}

	private StagedTransaction stageLarge() {
		StagedTransaction staged = this.journal.stage();
		for (int i = 0; i < 20; i++) {
			staged.add(List
				.of(TestTransactions.insert(i, TestTransactions.TICKETS, "ann", String.valueOf(i).repeat(100_000))));
		}
		return staged;
	}

	private void restart(long position) {
		this.journal.restart(new Sequence(position), JournalScript.identity(2));
	}

	private void append(long sequence) {
		this.journal.append(List.of(transaction(sequence)));
	}

	private static RoutedTransaction transaction(long sequence) {
		return TestTransactions.transaction(sequence,
				TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "title"));
	}

	private List<Long> sequences(long after) {
		return this.journal.read(ANN, new Sequence(after), this.journal.head(), Long.MAX_VALUE)
			.transactions()
			.stream()
			.map((transaction) -> transaction.sequence().value())
			.toList();
	}

}
