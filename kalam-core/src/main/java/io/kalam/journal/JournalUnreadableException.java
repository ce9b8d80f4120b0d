package io.kalam.journal;

import org.jspecify.annotations.Nullable;

/**
 * The journal can't be read for now, or only in part: its store is being opened again, or
 * begins anew. Who reads has to try again; nothing is lost by that, and whoever has to
 * start again is told so by a reset.
 */
public class JournalUnreadableException extends RuntimeException {

	/**
	 * Not now.
	 * @param message why, and what to do
	 * @param cause what has failed, or {@code null}
	 */
	public JournalUnreadableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
