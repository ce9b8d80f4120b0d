package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The server's process on one data directory: initialises the directory, starts, stops
 * and kills. Not thread-safe.
 */
final class Postmaster {

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);

	private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);

	private final PostgresBinaries binaries;

	private final DataDirectory data;

	private final ServerSettings settings;

	private @Nullable OrphanGuard guard;

	Postmaster(PostgresBinaries binaries, DataDirectory data, ServerSettings settings) {
		this.binaries = binaries;
		this.data = data;
		this.settings = settings;
	}

	/**
	 * Starts the server and waits until it answers. If it doesn't, nothing is left
	 * running.
	 * @param port the port to listen on
	 */
	void start(int port) {
		try {
			this.data.claim();
			LoopbackPort.checkFree(port);
			if (!this.data.isInitialised()) {
				initialise();
			}
			this.data.configure(this.settings, this.binaries.runAs());
			Files.deleteIfExists(this.data.log());
		}
		catch (IOException ex) {
			throw DataDirectoryUnusableException.notWritable(this.data.path(), ex);
		}
		this.guard = OrphanGuard.watch(this.binaries, stopArguments(), this.data);
		launch(port);
	}

	private void initialise() throws IOException {
		Path passwordFile = Files.createTempFile("kalam-postgres-", ".pw");
		try {
			Files.writeString(passwordFile, EmbeddedPostgresServer.PASSWORD);
			this.binaries.runAs().give(passwordFile);
			List<String> arguments = new ArrayList<>(List.of("-D", this.data.path().toString(), "-U",
					EmbeddedPostgresServer.USER, "-E", "UTF8", "--locale=C", "--locale-provider=builtin",
					"--builtin-locale=C.UTF-8", "--auth=scram-sha-256", "--pwfile=" + passwordFile));
			if (!this.settings.durable()) {
				arguments.add("--no-sync");
			}
			Command.Result result = this.binaries.run("initdb", arguments, this.settings.startupTimeout());
			if (!result.succeeded()) {
				throw notInitialised(result.output());
			}
		}
		finally {
			Files.deleteIfExists(passwordFile);
		}
	}

	private ServerStartException notInitialised(String output) {
		return new ServerStartException("The data directory " + this.data.path() + " could not be initialised.", output,
				"If the machine is only slow, set kalam.embedded-postgres.startup-timeout (builder: startupTimeout) to "
						+ "more than " + this.settings.startupTimeout().toSeconds() + "s. Otherwise choose another "
						+ "kalam.embedded-postgres.data-directory (builder: dataDirectory).",
				null);
	}

	private void launch(int port) {
		String options = "-p " + port + " -c listen_addresses=" + EmbeddedPostgresServer.HOST
				+ " -c unix_socket_directories= -c wal_level=logical";
		long seconds = Math.max(1, this.settings.startupTimeout().toSeconds());
		List<String> arguments = List.of("-D", this.data.path().toString(), "-l", this.data.log().toString(), "-o",
				options, "-w", "-t", Long.toString(seconds), "start");
		Command.Result result = this.binaries.run("pg_ctl", arguments, Duration.ofSeconds(seconds).plus(KILL_TIMEOUT));
		if (!result.succeeded()) {
			throw notStarted(port, result.output());
		}
	}

	private EmbeddedPostgresException notStarted(int port, String output) {
		String log = this.data.endOfLog();
		if (log.contains("lock file \"postmaster.pid\" already exists")) {
			endGuard();
			return this.data.inUse();
		}
		kill();
		if (log.contains("could not bind IPv4 address")) {
			return new PortInUseException(port);
		}
		return new ServerStartException("The embedded Postgres did not start on " + this.data.path() + ".",
				log.isBlank() ? output : log,
				"Mend what Postgres complains about in kalam.embedded-postgres.server-parameters, or, if it is only slow to "
						+ "recover, set kalam.embedded-postgres.startup-timeout (builder: startupTimeout) to more than "
						+ this.settings.startupTimeout().toSeconds() + "s.",
				null);
	}

	/**
	 * Ends the server: open transactions are rolled back, what is committed is flushed.
	 * One that does not end in time is killed.
	 */
	void stop() {
		ProcessHandle server = this.data.server();
		if (server != null) {
			this.binaries.run("pg_ctl", stopArguments(), STOP_TIMEOUT.plus(KILL_TIMEOUT));
			if (!Processes.awaitEnd(List.of(server), Duration.ofSeconds(1))) {
				kill();
			}
		}
		endGuard();
	}

	/**
	 * Kills the server and all of its processes, as a crash of the machine would. Returns
	 * when they have ended.
	 */
	void kill() {
		endGuard();
		ProcessHandle server = this.data.server();
		if (server != null && !Processes.awaitEnd(Processes.killTree(server), KILL_TIMEOUT)) {
			throw new IllegalStateException("Process " + server.pid() + " survives being killed");
		}
	}

	boolean isRunning() {
		return this.data.server() != null;
	}

	private List<String> stopArguments() {
		return List.of("-D", this.data.path().toString(), "-m", "fast", "-w", "-t",
				Long.toString(STOP_TIMEOUT.toSeconds()), "stop");
	}

	private void endGuard() {
		if (this.guard != null) {
			this.guard.dismiss();
			this.guard = null;
		}
	}

}
