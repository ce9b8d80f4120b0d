package io.kalam.postgres.embedded;

import java.nio.file.Path;

import org.jspecify.annotations.Nullable;

/**
 * The data directory can't be created or written, or holds something other than data of
 * an embedded Postgres.
 */
public final class DataDirectoryUnusableException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private DataDirectoryUnusableException(String description, String action, @Nullable Throwable cause) {
		super(description, action, cause);
	}

	static DataDirectoryUnusableException notWritable(Path directory, @Nullable Throwable cause) {
		return new DataDirectoryUnusableException(
				"The data directory " + directory + " cannot be created or written by the user '"
						+ System.getProperty("user.name") + "'.",
				"Set kalam.embedded-postgres.data-directory (builder: dataDirectory) to a directory that this user may "
						+ "write, or leave it unset for a temporary one.",
				cause);
	}

	static DataDirectoryUnusableException foreign(Path directory) {
		return new DataDirectoryUnusableException(
				"The data directory " + directory
						+ " holds files, but no complete database of an embedded Postgres. It is left untouched.",
				"Set kalam.embedded-postgres.data-directory (builder: dataDirectory) to a new or an empty directory. If "
						+ "it is left over from a first start that was interrupted, type: rm -r '" + directory + "'.",
				null);
	}

}
