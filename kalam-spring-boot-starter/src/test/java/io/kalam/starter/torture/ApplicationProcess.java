package io.kalam.starter.torture;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.awaitility.Awaitility;

/**
 * The application as a process of its own, to be killed and started again. Thread-safe
 * for those who only want to know where it is.
 */
final class ApplicationProcess implements AutoCloseable {

	private final List<String> command;

	private final Path log;

	private final Thread exitHook = new Thread(this::kill, "torture-exit");

	private volatile Process process;

	private volatile URI uri;

	private volatile int starts;

	ApplicationProcess(Path log, List<String> arguments) {
		this.log = log;
		this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-Xmx256m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
				System.getProperty("java.class.path"), TortureApplication.class.getName()));
		this.command.addAll(arguments);
		Runtime.getRuntime().addShutdownHook(this.exitHook);
	}

	/**
	 * Where it serves.
	 * @return the address, or {@code null} if it does not serve
	 */
	URI uri() {
		return this.uri;
	}

	/**
	 * How often it has been started.
	 */
	int starts() {
		return this.starts;
	}

	boolean isAlive() {
		Process current = this.process;
		return current != null && current.isAlive();
	}

	/**
	 * Starts it, and does not wait.
	 */
	void start() {
		this.starts++;
		try {
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread reader = new Thread(() -> read(this.process), "torture-application-output");
		reader.setDaemon(true);
		reader.start();
	}

	private void read(Process from) {
		try (BufferedReader output = from.inputReader();
				Writer file = Files.newBufferedWriter(this.log, StandardCharsets.UTF_8, StandardOpenOption.CREATE,
						StandardOpenOption.APPEND)) {
			for (String line = output.readLine(); line != null; line = output.readLine()) {
				if (line.startsWith(TortureApplication.READY)) {
					String port = line.substring(TortureApplication.READY.length());
					serves(from, URI.create("ws://127.0.0.1:" + port + "/v1/ws"));
				}
				file.write(line + System.lineSeparator());
				file.flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized void serves(Process from, URI address) {
		if (this.process == from && from.isAlive()) {
			this.uri = address;
		}
	}

	/**
	 * Kills it, and waits until it is gone.
	 */
	synchronized void kill() {
		this.uri = null;
		Process current = this.process;
		if (current == null) {
			return;
		}
		current.destroyForcibly();
		Awaitility.await("the application is gone").atMost(30, TimeUnit.SECONDS).until(() -> !current.isAlive());
	}

	@Override
	public void close() {
		kill();
		Runtime.getRuntime().removeShutdownHook(this.exitHook);
	}

}
