package io.kalam.postgres.embedded;

import org.jspecify.annotations.Nullable;

/**
 * The embedded Postgres could not be started. Says what is wrong and, apart from it, what
 * to type next.
 */
public abstract sealed class EmbeddedPostgresException extends RuntimeException
		permits DataDirectoryInUseException, DataDirectoryUnusableException, DataDirectoryVersionException,
		InvalidSettingException, PlatformUnsupportedException, PortInUseException, ServerStartException {

	private static final long serialVersionUID = 1L;

	private final String description;

	private final String action;

	EmbeddedPostgresException(String description, String action, @Nullable Throwable cause) {
		super(description + " " + action, cause);
		this.description = description;
		this.action = action;
	}

	/**
	 * What is wrong.
	 * @return one or more sentences
	 */
	public final String description() {
		return this.description;
	}

	/**
	 * What to do about it.
	 * @return one or more sentences that name the property or the command to type
	 */
	public final String action() {
		return this.action;
	}

}
