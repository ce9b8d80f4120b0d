package io.kalam.postgres.embedded;

import java.nio.file.Path;

/**
 * The data directory was initialised by another major version of Postgres, which this one
 * can't read.
 */
public final class DataDirectoryVersionException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	DataDirectoryVersionException(Path directory, String found, String expected) {
		super("The data directory " + directory + " was initialised by Postgres " + found
				+ ", but the embedded Postgres is version " + expected + ".",
				"If the data may go, type: rm -r '" + directory
						+ "'. Otherwise set kalam.embedded-postgres.data-directory (builder: dataDirectory) to another "
						+ "directory and move the data with pg_dump and psql.",
				null);
	}

}
