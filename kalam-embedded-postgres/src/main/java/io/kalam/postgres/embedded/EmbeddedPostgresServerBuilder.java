package io.kalam.postgres.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Describes a server. Not thread-safe.
 */
public final class EmbeddedPostgresServerBuilder {

	private int port;

	private String database = "postgres";

	private @Nullable Path dataDirectory;

	private @Nullable Boolean durable;

	private final Map<String, String> parameters = new LinkedHashMap<>();

	private Duration startupTimeout = Duration.ofSeconds(60);

	private boolean stopOnExit = true;

	EmbeddedPostgresServerBuilder() {
	}

	/**
	 * Sets the port to listen on.
	 * @param port the port, or 0, the default, for any free one
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder port(int port) {
		this.port = port;
		return this;
	}

	/**
	 * Sets the database, which is created if it is missing.
	 * @param database its name; {@code postgres} by default
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder database(String database) {
		this.database = database;
		return this;
	}

	/**
	 * Sets the directory in which the data are kept from one start to the next.
	 * @param dataDirectory a directory that is created if it is missing, or {@code null},
	 * the default, for a temporary one that is deleted in the end
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder dataDirectory(@Nullable Path dataDirectory) {
		this.dataDirectory = dataDirectory;
		return this;
	}

	/**
	 * Sets whether a commit survives a crash of the machine ({@code fsync},
	 * {@code synchronous_commit} and {@code full_page_writes}).
	 * @param durable whether it does; by default it does in a data directory that is
	 * kept, and does not in a temporary one
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder durable(boolean durable) {
		this.durable = durable;
		return this;
	}

	/**
	 * Sets a parameter of the server.
	 * @param name its name as in {@code postgresql.conf}
	 * @param value its value, without quotes
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder serverParameter(String name, String value) {
		this.parameters.put(name, value);
		return this;
	}

	/**
	 * Sets how long initialising the data directory and starting may take, each.
	 * @param startupTimeout the time; 60 seconds by default
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder startupTimeout(Duration startupTimeout) {
		this.startupTimeout = startupTimeout;
		return this;
	}

	/**
	 * Sets whether a shutdown hook closes the server, for those who close it themselves
	 * and in a certain order.
	 * @param stopOnExit whether it does; by default it does
	 * @return this builder
	 */
	public EmbeddedPostgresServerBuilder stopOnExit(boolean stopOnExit) {
		this.stopOnExit = stopOnExit;
		return this;
	}

	/**
	 * Starts the server and waits until it answers.
	 * @return the running server
	 * @throws EmbeddedPostgresException if it can't be started
	 */
	public EmbeddedPostgresServer start() {
		boolean isDurable = (this.durable != null) ? this.durable : this.dataDirectory != null;
		return EmbeddedPostgresServer.start(new ServerSettings(this.port, this.database, this.dataDirectory, isDurable,
				this.parameters, this.startupTimeout, this.stopOnExit));
	}

}
