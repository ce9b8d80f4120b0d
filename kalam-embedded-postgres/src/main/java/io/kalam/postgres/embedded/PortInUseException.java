package io.kalam.postgres.embedded;

/**
 * Another process listens on the port that the embedded Postgres was told to use.
 */
public final class PortInUseException extends EmbeddedPostgresException {

	private static final long serialVersionUID = 1L;

	private final int port;

	PortInUseException(int port) {
		super("The embedded Postgres cannot listen on " + EmbeddedPostgresServer.HOST + ":" + port
				+ ": the port is taken.",
				"Stop what listens there, perhaps an earlier start of this application, or set "
						+ "kalam.embedded-postgres.port (builder: port) to another port, or to 0 for any free one.",
				null);
		this.port = port;
	}

	/**
	 * The port that is taken.
	 * @return the number of the port
	 */
	public int port() {
		return this.port;
	}

}
