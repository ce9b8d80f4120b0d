package io.kalam.postgres.embedded;

/**
 * A setting that the embedded Postgres can't be started with.
 */
public final class InvalidSettingException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	InvalidSettingException(String setting, String value, String why, String action) {
		super("The embedded Postgres cannot be started with " + setting + " '" + value + "': " + why + ".", action,
				null);
	}

}
