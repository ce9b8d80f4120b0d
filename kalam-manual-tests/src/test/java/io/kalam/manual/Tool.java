package io.kalam.manual;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A program of the machine.
 */
final class Tool {

	private static final int SECONDS = 120;

	private Tool() {
	}

	static boolean exists(String name) {
		for (String directory : System.getenv().getOrDefault("PATH", "").split(":")) {
			if (Files.isExecutable(Path.of(directory, name))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Runs a program to its end.
	 * @param directory where
	 * @param input what it reads
	 * @param command the program and its arguments
	 */
	static Result run(Path directory, String input, String... command) {
		try {
			Process process = new ProcessBuilder(command).directory(directory.toFile())
				.redirectErrorStream(true)
				.start();
			try (OutputStream stream = process.getOutputStream()) {
				stream.write(input.getBytes(StandardCharsets.UTF_8));
			}
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
				process.destroyForcibly();
				throw new AssertionError(command[0] + " does not end");
			}
			return new Result(process.exitValue(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * How a program ended.
	 *
	 * @param code its exit code
	 * @param output what it wrote, errors included
	 */
	record Result(int code, String output) {

	}

}
