package io.kalam.postgres.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs short-lived programs. Their output goes through a file, because a server that a
 * program leaves behind would keep a pipe open.
 */
final class Command {

	private Command() {
	}

	/**
	 * Runs a program to its end.
	 * @param command the program and its arguments
	 * @param timeout after which the program is killed
	 * @return how it ended
	 * @throws IOException if there is no such program or it can't be run
	 */
	static Result run(List<String> command, Duration timeout) throws IOException {
		Path output = Files.createTempFile("kalam-postgres-", ".out");
		try {
			ProcessBuilder builder = builder(command).redirectErrorStream(true).redirectOutput(output.toFile());
			Process process = builder.start();
			process.getOutputStream().close();
			boolean ended = await(process, timeout);
			String text = new String(Files.readAllBytes(output), Charset.defaultCharset());
			return new Result(ended && process.exitValue() == 0, text);
		}
		finally {
			delete(output);
		}
	}

	/**
	 * A builder whose programs don't depend on the environment's language and Postgres
	 * variables, nor on a working directory that they may not enter.
	 * @param command the program and its arguments
	 * @return the builder
	 */
	static ProcessBuilder builder(List<String> command) {
		ProcessBuilder builder = new ProcessBuilder(command).directory(new File(System.getProperty("java.io.tmpdir")));
		Map<String, String> environment = builder.environment();
		environment.keySet().removeIf((name) -> name.startsWith("PG") || name.startsWith("LC_") || "LANG".equals(name));
		environment.put("LC_ALL", "C");
		return builder;
	}

	private static void delete(Path output) {
		try {
			Files.deleteIfExists(output);
		}
		catch (IOException ex) {
			output.toFile().deleteOnExit();
		}
	}

	private static boolean await(Process process, Duration timeout) {
		try {
			if (process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
				return true;
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		process.destroyForcibly();
		return false;
	}

	/**
	 * How a program ended.
	 *
	 * @param succeeded whether it ended in time with the status 0
	 * @param output what it wrote
	 */
	record Result(boolean succeeded, String output) {

	}

}
