package io.kalam.postgres.embedded;

import org.jspecify.annotations.Nullable;

/**
 * This machine, or the way in which the application runs on it, can't run the embedded
 * Postgres.
 */
public final class PlatformUnsupportedException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	PlatformUnsupportedException(String description, String action, @Nullable Throwable cause) {
		super(description, action, cause);
	}

}
