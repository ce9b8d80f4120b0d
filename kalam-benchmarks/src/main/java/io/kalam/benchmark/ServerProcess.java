package io.kalam.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, which ends with this one.
 */
final class ServerProcess implements AutoCloseable {

	private static final String READY = "READY ";

	private final Process process;

	private final int port;

	/**
	 * Starts a server and waits until it is ready.
	 * @param main has the main method, which calls {@link #serve(int)}
	 * @param database the port of its database
	 */
	ServerProcess(Class<?> main, int database) {
		try {
			this.process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
					"-Xmx512m", "-cp", System.getProperty("java.class.path"), main.getName(),
					Integer.toString(database))
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start();
			this.port = awaitReady(main);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int awaitReady(Class<?> main) throws IOException {
		BufferedReader output = new BufferedReader(
				new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
		String line = output.readLine();
		if (line == null || !line.startsWith(READY)) {
			close();
			throw new IllegalStateException(main.getSimpleName() + " has not started; its messages are above");
		}
		return Integer.parseInt(line.substring(READY.length()));
	}

	/**
	 * Called by the server's main method: tells the port and waits until the other
	 * process lets go.
	 * @param port the port that is served
	 * @throws IOException if standard input can't be read
	 */
	static void serve(int port) throws IOException {
		System.out.println(READY + port);
		System.in.transferTo(OutputStream.nullOutputStream());
		Runtime.getRuntime().halt(0);
	}

	int port() {
		return this.port;
	}

	/**
	 * The processor time that the process has used so far, in user and kernel mode.
	 * @return the time
	 */
	Duration cpu() {
		return this.process.info()
			.totalCpuDuration()
			.orElseThrow(() -> new IllegalStateException("This system does not tell the CPU time of a process"));
	}

	@Override
	public void close() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(5, TimeUnit.SECONDS)) {
				this.process.destroyForcibly();
			}
		}
		catch (IOException ex) {
			this.process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			this.process.destroyForcibly();
			Thread.currentThread().interrupt();
		}
	}

}
