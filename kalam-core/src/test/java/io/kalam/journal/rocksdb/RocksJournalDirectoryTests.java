package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalListener;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a journal makes of what it finds in its directory.
 */
class RocksJournalDirectoryTests {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Partition ANN = TestTransactions.partition(TestTransactions.TICKETS, "ann");

	private static final Partition BOB = TestTransactions.partition(TestTransactions.TICKETS, "bob");

	@TempDir
	private Path parent;

	private Path directory;

	@BeforeEach
	void name() {
		this.directory = this.parent.resolve("journal");
	}

	@Test
	void goesOnWhereItWas() throws Exception {
		try (RocksJournal journal = open()) {
			assertThat(journal.position()).isNull();
			journal.restart(new Sequence(10), JournalScript.identity(1));
			append(journal, 20, "ann");
			append(journal, 30, "bob");
			journal.purge(List.of(ANN));
			append(journal, 40, "ann");
			journal.stage().add(List.of(TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "lost")));
			journal.identify(JournalScript.identity(2));
			append(journal, 50, "bob");
			assertThat(journal.awaitDurable(new Sequence(50), PATIENCE)).isTrue();
		}
		try (RocksJournal journal = open()) {
			assertThat(journal.position())
				.isEqualTo(new JournalPosition(JournalScript.identity(2), new Sequence(50).lsn()));
			assertThat(journal.head()).isEqualTo(new Sequence(50));
			assertThat(journal.lowWater()).isEqualTo(new Sequence(10));
			assertThat(sequences(journal, ANN, 30)).containsExactly(40L);
			assertThat(sequences(journal, BOB, 10)).containsExactly(30L, 50L);
			assertThatExceptionOfType(JournalExpiredException.class).isThrownBy(() -> sequences(journal, ANN, 29));
			StagedTransaction staged = journal.stage();
			staged.add(List.of(TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "large")));
			staged.commit(new Sequence(60), 1, Instant.EPOCH);
			append(journal, 70, "ann");
			assertThat(sequences(journal, ANN, 30)).containsExactly(40L, 60L, 70L);
		}
		try (RocksJournal journal = open()) {
			assertThat(sequences(journal, ANN, 30)).containsExactly(40L, 60L, 70L);
			journal.restart(new Sequence(5), JournalScript.identity(3));
		}
		try (RocksJournal journal = open()) {
			assertThat(journal.head()).isEqualTo(new Sequence(5));
			assertThat(sequences(journal, ANN, 5)).isEmpty();
		}
	}

	@Test
	void leavesNothingOfWhatWasPurgedInItsFiles() throws IOException {
		try (RocksJournal journal = open()) {
			append(journal, 20, "Incompressible-Owner-Name");
			append(journal, 30, "bob");
			journal.purge(List.of(TestTransactions.partition(TestTransactions.TICKETS, "Incompressible-Owner-Name")));
			append(journal, 40, "bob");
			Awaitility.await().atMost(PATIENCE).until(() -> !mentions("Incompressible-Owner-Name"));
		}
	}

	private boolean mentions(String text) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			for (Path file : files.filter((file) -> file.toString().matches(".*\\.(sst|log)")).toList()) {
				boolean gone = !Files.exists(file);
				if (!gone && Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
					return true;
				}
			}
			return false;
		}
	}

	@Test
	void becomesDurableByASync() throws InterruptedException {
		try (RocksJournal journal = open()) {
			for (int i = 1; i <= 5; i++) {
				long before = journal.syncs();
				append(journal, 10 * i, "ann");
				assertThat(journal.awaitDurable(new Sequence(10 * i), PATIENCE)).isTrue();
				assertThat(journal.syncs()).isGreaterThan(before);
			}
		}
	}

	@Test
	void belongsToItsOwnerAlone() throws IOException {
		open().close();
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.directory))).isEqualTo("rwx------");
	}

	@Test
	void saysWhatToDoAboutADirectoryThatCannotBeUsed() throws IOException {
		try (RocksJournal journal = open()) {
			assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open)
				.withMessageContaining("in use by another process")
				.withMessageContaining("kalam.journal.directory");
			append(journal, 10, "ann");
		}
		this.directory = this.parent.resolve("none").resolve("journal");
		assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open)
			.withMessageContaining("mkdir -p")
			.satisfies((ex) -> assertThat(ex.action()).startsWith("Make it"));
		this.directory = Files.createFile(this.parent.resolve("file"));
		assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open)
			.withMessageContaining("is a file");
	}

	@Test
	void refusesTheFormatOfALaterVersion() throws Exception {
		open().close();
		try (Store store = Store.open(this.directory, 1 << 20)) {
			store.writeFormat(2);
		}
		assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open)
			.withMessageContaining("later version");
	}

	@Test
	void cutsOffTheTornEndOfItsLog() throws Exception {
		fill().close();
		Path log = largest(".log");
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
			file.setLength(Files.size(log) - 20);
		}
		try (RocksJournal journal = open()) {
			long head = journal.head().value();
			assertThat(head).isBetween(10L, 1990L);
			assertThat(sequences(journal, ANN, 0)).hasSize((int) head / 10);
			for (long sequence = head; sequence <= 2000; sequence += 10) {
				append(journal, sequence, "ann");
			}
			assertThat(sequences(journal, ANN, 0)).hasSize(200);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 200 })
	void servesNothingOfALogThatIsDamagedInTheMiddle(int length) throws Exception {
		fill().close();
		Path log = largest(".log");
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
			file.seek(Files.size(log) / 2);
			byte[] bytes = new byte[length];
			file.read(bytes);
			for (int i = 0; i < length; i++) {
				bytes[i] = (byte) ~bytes[i];
			}
			file.seek(Files.size(log) / 2);
			file.write(bytes);
		}
		assertThatExceptionOfType(JournalCorruptedException.class).isThrownBy(this::open)
			.withMessageContaining("its log");
		try (RocksJournal journal = RocksJournal.openAnew(settings(), Clock.systemUTC(), JournalListener.NONE)) {
			assertThat(journal.position()).isNull();
			assertThat(journal.head()).isEqualTo(Sequence.ZERO);
		}
	}

	@Test
	void isAPrefixWhereverItsLogIsTorn() throws Exception {
		try (RocksJournal journal = open()) {
			for (long sequence = 10; sequence <= 100; sequence += 10) {
				append(journal, sequence, "ann");
				assertThat(journal.awaitDurable(new Sequence(sequence), PATIENCE)).isTrue();
			}
		}
		Path written = this.directory;
		Path log = written.relativize(largest(".log"));
		long whole = Files.size(written.resolve(log));
		for (long length = whole - 1; length > 0; length -= 61) {
			this.directory = this.parent.resolve("torn at " + length);
			FileSystemUtils.copyRecursively(written, this.directory);
			try (RandomAccessFile file = new RandomAccessFile(this.directory.resolve(log).toFile(), "rw")) {
				file.setLength(length);
			}
			try (RocksJournal journal = open()) {
				long head = journal.head().value();
				assertThat(head).isLessThan(100);
				assertThat(sequences(journal, ANN, 0)).hasSize((int) head / 10);
			}
		}
	}

	@Test
	void servesNothingThatIsDamaged() throws Exception {
		try (RocksJournal journal = fill()) {
			journal.purge(List.of(BOB));
		}
		Path file = largest(".sst");
		try (RandomAccessFile access = new RandomAccessFile(file.toFile(), "rw")) {
			access.seek(100);
			access.write(new byte[] { 1, 2, 3, 4, 5 });
		}
		assertThatExceptionOfType(JournalCorruptedException.class).isThrownBy(() -> {
			try (RocksJournal journal = open()) {
				try {
					sequences(journal, ANN, 0);
				}
				catch (JournalCorruptedException ex) {
					assertThat(journal.position()).isNull();
					assertThat(journal.status().trouble()).contains("damaged");
					assertThatExceptionOfType(JournalCorruptedException.class)
						.isThrownBy(() -> journal.serves(BOB, journal.head()));
					journal.restart(new Sequence(3000), JournalScript.identity(1));
					append(journal, 3010, "ann");
					assertThat(journal.awaitDurable(new Sequence(3010), PATIENCE)).isTrue();
					assertThat(sequences(journal, ANN, 3000)).containsExactly(3010L);
					throw ex;
				}
			}
		});
	}

	@Test
	void movesADamagedDirectoryAside() throws Exception {
		fill().close();
		Files.delete(this.directory.resolve("CURRENT"));
		assertThatExceptionOfType(JournalCorruptedException.class).isThrownBy(this::open);
		try (RocksJournal journal = RocksJournal.openAnew(settings(), Clock.systemUTC(), JournalListener.NONE)) {
			assertThat(journal.position()).isNull();
			assertThat(journal.head()).isEqualTo(Sequence.ZERO);
		}
		assertThat(this.parent.resolve("journal.damaged")).isDirectory();
	}

	private RocksJournal fill() throws InterruptedException {
		RocksJournal journal = open();
		for (long sequence = 10; sequence <= 2000; sequence += 10) {
			append(journal, sequence, "ann");
			if (sequence % 100 == 0) {
				assertThat(journal.awaitDurable(new Sequence(sequence), PATIENCE)).isTrue();
			}
		}
		return journal;
	}

	private Path largest(String end) throws IOException {
		try (Stream<Path> files = Files.list(this.directory)) {
			return files.filter((file) -> file.toString().endsWith(end))
				.max(Comparator.comparing((file) -> file.toFile().length()))
				.orElseThrow();
		}
	}

	private static void append(RocksJournal journal, long sequence, String owner) {
		RoutedTransaction transaction = TestTransactions.transaction(sequence,
				TestTransactions.insert(0, TestTransactions.TICKETS, owner, "Incompressible" + sequence));
		journal.append(List.of(transaction));
	}

	private static List<Long> sequences(RocksJournal journal, Partition partition, long after) {
		return journal.read(partition, new Sequence(after), journal.head(), Long.MAX_VALUE)
			.transactions()
			.stream()
			.map((transaction) -> transaction.sequence().value())
			.toList();
	}

	private RocksJournal open() {
		return RocksJournal.open(settings(), Clock.systemUTC());
	}

	private RocksJournalSettings settings() {
		return RocksJournalSettings.defaults(this.directory);
	}

}
