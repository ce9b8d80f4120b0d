package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TestTransactions;
import io.kalam.partition.Partition;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
			JournalRows.append(journal, 20, "ann");
			JournalRows.append(journal, 30, "bob");
			journal.purge(List.of(ANN));
			JournalRows.append(journal, 40, "ann");
			journal.stage().add(List.of(TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "lost")));
			journal.identify(JournalScript.identity(2));
			JournalRows.append(journal, 50, "bob");
			assertThat(journal.awaitDurable(new Sequence(50), PATIENCE)).isTrue();
		}
		try (RocksJournal journal = open()) {
			assertThat(journal.position())
				.isEqualTo(new JournalPosition(JournalScript.identity(2), new Sequence(50).lsn()));
			assertThat(journal.head()).isEqualTo(new Sequence(50));
			assertThat(journal.lowWater()).isEqualTo(new Sequence(10));
			assertThat(JournalRows.sequences(journal, ANN, 30)).containsExactly(40L);
			assertThat(JournalRows.sequences(journal, BOB, 10)).containsExactly(30L, 50L);
			assertThatExceptionOfType(JournalExpiredException.class)
				.isThrownBy(() -> JournalRows.sequences(journal, ANN, 29));
			StagedTransaction staged = journal.stage();
			staged.add(List.of(TestTransactions.insert(0, TestTransactions.TICKETS, "ann", "large")));
			staged.commit(new Sequence(60), 1, Instant.EPOCH);
			JournalRows.append(journal, 70, "ann");
			assertThat(JournalRows.sequences(journal, ANN, 30)).containsExactly(40L, 60L, 70L);
		}
		try (RocksJournal journal = open()) {
			assertThat(JournalRows.sequences(journal, ANN, 30)).containsExactly(40L, 60L, 70L);
			journal.restart(new Sequence(5), JournalScript.identity(3));
		}
		try (RocksJournal journal = open()) {
			assertThat(journal.head()).isEqualTo(new Sequence(5));
			assertThat(JournalRows.sequences(journal, ANN, 5)).isEmpty();
		}
	}

	@Test
	void leavesNothingOfWhatWasPurgedInItsFiles() throws IOException {
		try (RocksJournal journal = open()) {
			JournalRows.append(journal, 20, "Incompressible-Owner-Name");
			JournalRows.append(journal, 30, "bob");
			journal.purge(List.of(TestTransactions.partition(TestTransactions.TICKETS, "Incompressible-Owner-Name")));
			JournalRows.append(journal, 40, "bob");
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
				JournalRows.append(journal, 10 * i, "ann");
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
			JournalRows.append(journal, 10, "ann");
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

	private RocksJournal open() {
		return RocksJournal.open(settings(), Clock.systemUTC());
	}

	private RocksJournalSettings settings() {
		return RocksJournalSettings.defaults(this.directory);
	}

}
