package io.kalam.postgres.embedded;

import java.nio.file.Path;

/**
 * A Postgres server is running on the data directory.
 */
public final class DataDirectoryInUseException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	DataDirectoryInUseException(Path directory, String postmaster) {
		super("The data directory " + directory + " is in use by a running Postgres (" + postmaster + ").",
				"Stop the application that started it, or end that server with 'kill -INT' and its process id, "
						+ "or give this application its own kalam.embedded-postgres.data-directory "
						+ "(builder: dataDirectory).",
				null);
	}

}
