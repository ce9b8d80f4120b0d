package io.kalam.postgres.embedded;

import org.jspecify.annotations.Nullable;

/**
 * Postgres did not start, for a reason that only its own output tells.
 */
public final class ServerStartException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	ServerStartException(String what, String output, String action, @Nullable Throwable cause) {
		super(what + (output.isBlank() ? "" : " Postgres says:" + System.lineSeparator() + output.strip()), action,
				cause);
	}

}
