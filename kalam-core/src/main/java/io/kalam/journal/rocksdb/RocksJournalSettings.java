package io.kalam.journal.rocksdb;

import java.nio.file.Path;
import java.time.Duration;

import org.springframework.util.Assert;

/**
 * Where and how a journal is kept.
 *
 * @param directory the directory, which belongs to one process; made if it is not there
 * @param maxAge how long a transaction is kept at least, if there is room; at most a
 * twenty-fourth longer
 * @param maxBytes how much is kept, in bytes before compression
 * @param syncDelay how long a transaction waits for others that are written together with
 * it
 * @param syncBytes how many bytes of heap are written without waiting
 * @param maxTail how many bytes of heap may wait to be written; beyond that, appending
 * waits
 * @param cache how many bytes outside the heap hold what was read, and as many again what
 * is written
 */
public record RocksJournalSettings(Path directory, Duration maxAge, long maxBytes, Duration syncDelay, long syncBytes,
		long maxTail, long cache) {

	/**
	 * A day or 4 GiB, every 20 ms or 1 MiB, with 16 MiB of heap and twice 32 MiB outside
	 * it.
	 * @param directory the directory
	 * @return the defaults
	 */
	public static RocksJournalSettings defaults(Path directory) {
		return new RocksJournalSettings(directory, Duration.ofHours(24), 4L << 30, Duration.ofMillis(20), 1 << 20,
				16 << 20, 32 << 20);
	}

	public RocksJournalSettings {
		Assert.isTrue(!maxAge.isNegative(), "maxAge must not be negative");
		Assert.isTrue(!syncDelay.isNegative(), "syncDelay must not be negative");
		Assert.isTrue(maxBytes >= 0 && syncBytes >= 0 && maxTail > 0 && cache > 0, "sizes must not be negative");
	}

}
