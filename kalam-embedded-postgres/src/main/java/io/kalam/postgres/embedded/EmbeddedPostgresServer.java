package io.kalam.postgres.embedded;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Postgres with {@code wal_level=logical}, for development and tests; never for
 * production. It listens on 127.0.0.1 only, its superuser is {@code postgres} with the
 * password {@code postgres}. Runs where the application runs as root too.
 * <p>
 * A started server is running; {@link #stop()}, {@link #kill()} and {@link #restart()}
 * may follow each other in any order, and address and data stay the same.
 * {@link #close()} is the end. All methods are thread-safe and return when what they do
 * is done. The server ends with the JVM, however that ends (on Windows not if it is
 * killed).
 */
public final class EmbeddedPostgresServer implements AutoCloseable {

	static final String HOST = "127.0.0.1";

	static final String USER = "postgres";

	static final String PASSWORD = "postgres";

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedPostgresServer.class);

	private static final int FREE_PORT_ATTEMPTS = 5;

	private final ServerSettings settings;

	private final DataDirectory data;

	private final Postmaster postmaster;

	private final String version;

	private final int port;

	private final @Nullable Thread exitHook;

	private boolean closed;

	private EmbeddedPostgresServer(ServerSettings settings, PostgresBinaries binaries, DataDirectory data) {
		this.settings = settings;
		this.data = data;
		this.version = binaries.version();
		this.postmaster = new Postmaster(binaries, data, settings);
		this.port = startOnPort();
		createDatabase();
		this.exitHook = settings.stopOnExit() ? new Thread(this::close, "embedded-postgres-exit") : null;
		if (this.exitHook != null) {
			Runtime.getRuntime().addShutdownHook(this.exitHook);
		}
		logger.info("Embedded Postgres {} on {}:{}, database {}: psql -h {} -p {} -U {} {}", this.version, HOST,
				this.port, database(), HOST, this.port, USER, database());
	}

	/**
	 * Begins to describe a server.
	 * @return a builder with the defaults
	 */
	public static EmbeddedPostgresServerBuilder builder() {
		return new EmbeddedPostgresServerBuilder();
	}

	static EmbeddedPostgresServer start(ServerSettings settings) {
		PostgresBinaries binaries = PostgresBinaries.forThisMachine();
		DataDirectory data = DataDirectory.open(settings.dataDirectory(), binaries);
		try {
			return new EmbeddedPostgresServer(settings, binaries, data);
		}
		catch (EmbeddedPostgresException ex) {
			discard(data);
			throw ex;
		}
	}

	private int startOnPort() {
		if (this.settings.port() != 0) {
			this.postmaster.start(this.settings.port());
			return this.settings.port();
		}
		for (int attempt = 1;; attempt++) {
			int free = LoopbackPort.findFree();
			try {
				this.postmaster.start(free);
				return free;
			}
			catch (PortInUseException ex) {
				if (attempt == FREE_PORT_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private void createDatabase() {
		try {
			DatabaseCreation.createIfMissing(this);
		}
		catch (EmbeddedPostgresException ex) {
			this.postmaster.stop();
			throw ex;
		}
	}

	/**
	 * The address that the server listens on.
	 * @return always 127.0.0.1
	 */
	public String host() {
		return HOST;
	}

	/**
	 * The port that the server listens on.
	 * @return the port, the same for the life of this object
	 */
	public int port() {
		return this.port;
	}

	/**
	 * The database that was asked for.
	 * @return its name
	 */
	public String database() {
		return this.settings.database();
	}

	/**
	 * The superuser.
	 * @return always {@code postgres}
	 */
	public String user() {
		return USER;
	}

	/**
	 * The superuser's password.
	 * @return always {@code postgres}
	 */
	public String password() {
		return PASSWORD;
	}

	/**
	 * The address of the database for JDBC, without user and password.
	 * @return the URL
	 */
	public String jdbcUrl() {
		return jdbcUrl(database());
	}

	String jdbcUrl(String database) {
		String encoded = URLEncoder.encode(database, StandardCharsets.UTF_8).replace("+", "%20");
		return "jdbc:postgresql://" + HOST + ":" + this.port + "/" + encoded;
	}

	/**
	 * The directory with the server's data.
	 * @return an absolute path
	 */
	public Path dataDirectory() {
		return this.data.path();
	}

	/**
	 * Whether the data are deleted in the end.
	 * @return whether no directory was named to keep them in
	 */
	public boolean isTemporary() {
		return this.data.isTemporary();
	}

	/**
	 * The version of Postgres.
	 * @return for instance {@code 17.11}
	 */
	public String version() {
		return this.version;
	}

	/**
	 * Whether the server runs.
	 * @return whether its process is there
	 */
	public synchronized boolean isRunning() {
		return !this.closed && this.postmaster.isRunning();
	}

	/**
	 * Ends the server in good order: open transactions are rolled back, connections
	 * closed, commits flushed. The data stay. Does nothing if it does not run.
	 */
	public synchronized void stop() {
		if (!this.closed) {
			this.postmaster.stop();
		}
	}

	/**
	 * Kills the server and all of its processes at once, for tests of what a crash does.
	 * The data stay as they are. Does nothing if it does not run.
	 */
	public synchronized void kill() {
		if (!this.closed) {
			this.postmaster.kill();
		}
	}

	/**
	 * Starts the server again on the same data and the same port, after {@link #stop()},
	 * {@link #kill()} or a crash. One that still runs is stopped first.
	 * @throws EmbeddedPostgresException if it does not start
	 */
	public synchronized void restart() {
		if (this.closed) {
			throw new IllegalStateException("This embedded Postgres is closed: build another with builder().start()");
		}
		this.postmaster.stop();
		this.postmaster.start(this.port);
	}

	/**
	 * Stops the server for good and deletes its data directory if that was a temporary
	 * one.
	 */
	@Override
	public synchronized void close() {
		if (this.closed) {
			return;
		}
		this.postmaster.stop();
		this.closed = true;
		discard(this.data);
		removeExitHook();
	}

	private void removeExitHook() {
		try {
			if (this.exitHook != null) {
				Runtime.getRuntime().removeShutdownHook(this.exitHook);
			}
		}
		catch (IllegalStateException ex) {
			logger.trace("The JVM is exiting", ex);
		}
	}

	private static void discard(DataDirectory data) {
		try {
			data.discard();
		}
		catch (IOException ex) {
			logger.warn("The temporary data directory {} could not be deleted", data.path(), ex);
		}
	}

}
