package io.kalam.journal.rocksdb;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.kalam.journal.ChangeJournal;
import io.kalam.journal.ChangeJournalContract;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class RocksJournalTests extends ChangeJournalContract {

	private final AtomicInteger opened = new AtomicInteger();

	@TempDir
	private Path directory;

	@Override
	protected ChangeJournal open(long maxBytes, Duration maxAge, Clock clock, Sequence position) {
		RocksJournalSettings defaults = RocksJournalSettings
			.defaults(this.directory.resolve("journal" + this.opened.incrementAndGet()));
		RocksJournal journal = RocksJournal.open(new RocksJournalSettings(defaults.directory(), maxAge, maxBytes,
				defaults.syncDelay(), syncBytes(), defaults.maxTail(), 4 << 20), clock);
		journal.begin(position, null);
		return journal;
	}

	@Test
	void isToldOfEachBatch() {
		AtomicInteger synced = new AtomicInteger();
		RocksJournalSettings settings = RocksJournalSettings.defaults(this.directory.resolve("told"));
		try (RocksJournal journal = RocksJournal.open(settings, Clock.systemUTC(), (nanos) -> {
			assertThat(nanos).isPositive();
			synced.incrementAndGet();
		})) {
			journal.begin(new Sequence(1), null);
			assertThat(synced).hasValue(0);
			journal.advance(new Sequence(2));
			makeDurable(journal);
			assertThat(synced).hasValue(1);
			assertThat(journal.status().unwritten()).isZero();
		}
	}

	/**
	 * How large a staged transaction may be before it gets a segment of its own.
	 */
	long syncBytes() {
		return 1;
	}

	@Override
	protected void makeDurable(ChangeJournal journal) {
		try {
			assertThat(journal.awaitDurable(journal.head(), Duration.ofSeconds(30))).isTrue();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	protected long smallBound() {
		return 60_000;
	}

}
