package io.kalam.journal.rocksdb;

import java.nio.file.Path;

import io.kalam.journal.JournalUnreadableException;
import org.jspecify.annotations.Nullable;

/**
 * What is in the journal's directory is damaged. Nothing of it is served; the history has
 * to begin anew, for which {@link RocksJournal#openAnew} moves the directory aside.
 */
public class JournalCorruptedException extends JournalUnreadableException {

	/**
	 * Damage.
	 * @param directory the directory
	 * @param detail what is damaged
	 * @param cause what has found it, or {@code null}
	 */
	public JournalCorruptedException(Path directory, String detail, @Nullable Throwable cause) {
		super("The journal in " + directory + " is damaged: " + detail, cause);
	}

}
