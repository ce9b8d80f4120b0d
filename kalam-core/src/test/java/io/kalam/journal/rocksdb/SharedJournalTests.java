package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.UUID;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.journal.JournalListener;
import io.kalam.journal.JournalStatus;
import io.kalam.sequence.Generation;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A directory that several journals are to be kept in.
 */
class SharedJournalTests {

	private static final ServerState SERVER = server(7, 5);

	@TempDir
	private Path directory;

	@Test
	void oneHasItUntilItLetsGo() {
		try (SharedJournal first = open(); SharedJournal second = open()) {
			assertThat(first.take(SERVER)).isNull();
			assertThat(second.take(SERVER)).contains("in use by another process (pid " + ProcessHandle.current().pid());
			assertThat(second.status()).isEqualTo(JournalStatus.NONE);
			assertThatIllegalStateException().isThrownBy(second::head);
			first.restart(new Sequence(70), identity());
			end(first);
			assertThat(second.take(SERVER)).isNull();
			assertThat(second.head()).isEqualTo(new Sequence(70));
			assertThat(second.take(SERVER)).as("it stays").isNull();
			assertThatIllegalStateException().isThrownBy(() -> first.take(SERVER));
		}
	}

	@Test
	void itIsKeptWhileItBeginsAnew() throws IOException {
		try (SharedJournal first = open(); SharedJournal second = open()) {
			Object lock = lock();
			first.restart(new Sequence(70), identity());
			assertThat(second.take(SERVER)).isNotNull();
			first.restart(new Sequence(80), identity());
			assertThat(second.take(SERVER)).isNotNull();
			assertThat(lock()).as("the file that is locked is the one that others see").isEqualTo(lock);
		}
	}

	private Object lock() throws IOException {
		return Files.readAttributes(path().resolve("kalam.lock"), BasicFileAttributes.class).fileKey();
	}

	@Test
	void nobodyWaitsForAnotherDatabase() {
		try (SharedJournal first = open(); SharedJournal second = open()) {
			assertThat(second.take(SERVER)).as("the first has not said for which").isNotNull();
			first.take(SERVER);
			for (ServerState other : new ServerState[] { server(8, 5), server(7, 6) }) {
				assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(() -> second.take(other))
					.withMessageContaining("for another database")
					.withMessageContaining("kalam.postgres.slot")
					.withMessageContaining("kalam.journal.directory");
			}
			end(first);
			assertThat(second.take(server(8, 5))).as("what is left of another one is no bar").isNull();
		}
	}

	@Test
	void nobodyWaitsForWhatALaterVersionWrites() throws IOException {
		try (SharedJournal first = open(); SharedJournal second = open()) {
			assertThat(first.take(SERVER)).isNull();
			new DirectoryHolder(2, 7, 5, "a later one").write(path());
			assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(() -> second.take(SERVER))
				.withMessageContaining("later version");
		}
	}

	@Test
	void whatIsDamagedIsMovedAsideAndWhatIsNewIsOurs() throws IOException {
		try (SharedJournal journal = open()) {
			journal.restart(new Sequence(70), identity());
		}
		Files.delete(path().resolve("CURRENT"));
		try (SharedJournal first = open(); SharedJournal second = open()) {
			assertThat(first.position()).isNull();
			assertThat(this.directory.resolve("journal.damaged")).isDirectory();
			assertThat(second.take(SERVER)).isNotNull();
			end(first);
			assertThat(second.take(SERVER)).isNull();
		}
	}

	@Test
	void aDirectoryThatCannotBeUsedIsRefusedAtOnce() throws IOException {
		Files.createFile(path());
		assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open);
	}

	@Test
	void whatCannotBeOpenedIsLetGoOf() {
		open().close();
		try (RocksJournal foreign = RocksJournal.open(RocksJournalSettings.defaults(path()), Clock.systemUTC(),
				JournalListener.NONE)) {
			assertThat(foreign.position()).isNull();
			assertThatExceptionOfType(JournalDirectoryException.class).isThrownBy(this::open);
		}
		try (SharedJournal journal = open()) {
			assertThat(journal.take(SERVER)).isNull();
		}
	}

	private SharedJournal open() {
		return SharedJournal.open(RocksJournalSettings.defaults(path()), Clock.systemUTC(), JournalListener.NONE);
	}

	private static void end(SharedJournal journal) {
		journal.close();
	}

	private Path path() {
		return this.directory.resolve("journal");
	}

	private static ServerState server(long system, long database) {
		return new ServerState(170000, system, database, 1, new Lsn(100), new Lsn(100));
	}

	private static JournalIdentity identity() {
		return new JournalIdentity(new Generation(0), new UUID(1, 1), 1, 1, 7, 5);
	}

}
