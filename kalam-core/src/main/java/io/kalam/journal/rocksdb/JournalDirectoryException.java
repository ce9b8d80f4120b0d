package io.kalam.journal.rocksdb;

import java.nio.file.Path;

import io.kalam.journal.JournalUnusableException;
import org.jspecify.annotations.Nullable;

/**
 * The journal's directory can't be used as it is, and somebody has to do something.
 */
public class JournalDirectoryException extends JournalUnusableException {

	private final String problem;

	private final String action;

	/**
	 * A directory that can't be used.
	 * @param directory the directory
	 * @param problem what is wrong with it, as the end of a sentence
	 * @param action what to do
	 * @param cause what has found it, or {@code null}
	 */
	public JournalDirectoryException(Path directory, String problem, String action, @Nullable Throwable cause) {
		super("The directory " + directory + " of the journal " + problem + ". " + action, cause);
		this.problem = "The directory " + directory + " of the journal " + problem + ".";
		this.action = action;
	}

	/**
	 * What is wrong.
	 * @return a sentence
	 */
	public String problem() {
		return this.problem;
	}

	/**
	 * What to do.
	 * @return one or more sentences
	 */
	public String action() {
		return this.action;
	}

}
