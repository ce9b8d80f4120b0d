package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.kalam.journal.JournalListener;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What a journal makes of files that are torn or damaged.
 */
class DamagedJournalTests {

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
	void cutsOffTheTornEndOfItsLog() throws Exception {
		fill().close();
		Path log = largest(".log");
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
			file.setLength(Files.size(log) - 20);
		}
		try (RocksJournal journal = open()) {
			long head = journal.head().value();
			assertThat(head).isBetween(10L, 1990L);
			assertThat(JournalRows.sequences(journal, ANN, 0)).hasSize((int) head / 10);
			for (long sequence = head; sequence <= 2000; sequence += 10) {
				JournalRows.append(journal, sequence, "ann");
			}
			assertThat(JournalRows.sequences(journal, ANN, 0)).hasSize(200);
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
				JournalRows.append(journal, sequence, "ann");
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
				assertThat(JournalRows.sequences(journal, ANN, 0)).hasSize((int) head / 10);
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
					JournalRows.sequences(journal, ANN, 0);
				}
				catch (JournalCorruptedException ex) {
					assertThat(journal.position()).isNull();
					assertThat(journal.status().trouble()).contains("damaged");
					assertThatExceptionOfType(JournalCorruptedException.class)
						.isThrownBy(() -> journal.serves(BOB, journal.head()));
					journal.restart(new Sequence(3000), JournalScript.identity(1));
					JournalRows.append(journal, 3010, "ann");
					assertThat(journal.awaitDurable(new Sequence(3010), PATIENCE)).isTrue();
					assertThat(JournalRows.sequences(journal, ANN, 3000)).containsExactly(3010L);
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
			JournalRows.append(journal, sequence, "ann");
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

	private RocksJournal open() {
		return RocksJournal.open(settings(), Clock.systemUTC());
	}

	private RocksJournalSettings settings() {
		return RocksJournalSettings.defaults(this.directory);
	}

}
