package io.kalam.journal.rocksdb;

import java.nio.file.Path;

import io.kalam.journal.JournalUnreadableException;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with a store, if anything is. May be used by any thread.
 */
final class Faults {

	private static final Logger logger = LoggerFactory.getLogger(Faults.class);

	private final Path directory;

	private volatile @Nullable String trouble;

	private volatile boolean damaged;

	Faults(Path directory) {
		this.directory = directory;
	}

	/**
	 * What is wrong and what to do, {@code null} if all is well.
	 */
	@Nullable String trouble() {
		return this.trouble;
	}

	boolean isDamaged() {
		return this.damaged;
	}

	/**
	 * Checks that what is stored may be read and written.
	 * @throws JournalCorruptedException if it has to begin anew
	 */
	void check() {
		if (this.damaged) {
			throw new JournalCorruptedException(this.directory, "it has to begin anew", null);
		}
	}

	/**
	 * What is stored may be read and written no more.
	 */
	void damage() {
		this.trouble = "The journal in " + this.directory + " is damaged. It begins anew by itself.";
		this.damaged = true;
	}

	/**
	 * Reading has failed, for now or for good.
	 */
	JournalUnreadableException unreadable(RocksDBException ex) {
		if (!JournalDirectory.isDamage(ex)) {
			return new JournalUnreadableException("The journal can't be read: " + ex.getMessage(), ex);
		}
		damage();
		return new JournalCorruptedException(this.directory, String.valueOf(ex.getMessage()), ex);
	}

	/**
	 * Writing has failed.
	 * @throws JournalCorruptedException if it has failed for good
	 */
	void unwritable(RocksDBException ex) {
		if (JournalDirectory.isDamage(ex)) {
			throw unreadable(ex);
		}
		if (this.trouble == null) {
			logger.warn("The journal can't be written, and nothing is acknowledged until it can: {}", ex.getMessage());
		}
		this.trouble = "The journal in " + this.directory + " can't be written: " + ex.getMessage()
				+ ". Make room on its disk; it goes on by itself.";
	}

	/**
	 * Writing has worked.
	 */
	void written() {
		if (this.trouble != null && !this.damaged) {
			logger.info("The journal can be written again");
			this.trouble = null;
		}
	}

	/**
	 * What is stored has been replaced.
	 */
	void begunAnew() {
		this.trouble = null;
		this.damaged = false;
	}

}
