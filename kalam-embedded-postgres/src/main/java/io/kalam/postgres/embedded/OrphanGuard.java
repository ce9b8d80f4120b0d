package io.kalam.postgres.embedded;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the server when this JVM ends in a way in which it can't do so itself, for
 * instance by {@code kill -9} or the stop button of a development environment. A shell
 * waits for the end of a pipe that the JVM holds open; it exists on all systems but
 * Windows.
 */
final class OrphanGuard {

	private static final Logger logger = LoggerFactory.getLogger(OrphanGuard.class);

	private static final String SCRIPT = """
			trap '' INT TERM HUP
			read -r _
			directory=$1
			shift
			"$@"
			[ -z "$directory" ] || rm -rf -- "$directory"
			""";

	private final Process shell;

	private OrphanGuard(Process shell) {
		this.shell = shell;
	}

	/**
	 * Starts to watch over this JVM.
	 * @param binaries the programs
	 * @param stopArguments what {@code pg_ctl} is told when the JVM has ended
	 * @param data the data directory, which is deleted then if it is temporary
	 * @return the guard, or {@code null} if there can't be one
	 */
	static @Nullable OrphanGuard watch(PostgresBinaries binaries, List<String> stopArguments, DataDirectory data) {
		if (binaries.onWindows()) {
			return null;
		}
		List<String> command = new ArrayList<>(
				List.of("sh", "-c", SCRIPT, "kalam-postgres-guard", data.isTemporary() ? data.path().toString() : ""));
		command.addAll(binaries.command("pg_ctl", stopArguments));
		try {
			return new OrphanGuard(Command.builder(command)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start());
		}
		catch (IOException ex) {
			logger.debug("No shell to end the embedded Postgres if this process is killed", ex);
			return null;
		}
	}

	/**
	 * Ends the watch. The server is left as it is.
	 */
	void dismiss() {
		this.shell.destroyForcibly();
		try {
			this.shell.waitFor(1, TimeUnit.SECONDS);
			this.shell.getOutputStream().close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (IOException ex) {
			logger.trace("The pipe to the guard was closed already", ex);
		}
	}

}
