package io.kalam.boot;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

import io.kalam.boot.live.LiveApplication;
import io.kalam.catalog.PostgresSettings;
import org.awaitility.Awaitility;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A whole application in a process of its own, which can be paused and terminated.
 */
public final class LiveProcess implements AutoCloseable {

	static final String PORT = "Listening on port ";

	private static final int PATIENCE = 180;

	private final Process process;

	private final Thread reader;

	private final CompletableFuture<String> port = new CompletableFuture<>();

	private final Queue<String> output = new ConcurrentLinkedQueue<>();

	private LiveProcess(Process process) {
		this.process = process;
		this.reader = new Thread(this::read, "live-process");
		this.reader.start();
	}

	static LiveProcess start(PostgresSettings postgres, String... properties) {
		return start(LiveProcess.class, List.of(), postgres, properties);
	}

	/**
	 * The beginning of the command of a virtual machine that lives too briefly for much
	 * of it to be worth optimising.
	 */
	static List<String> shortLived() {
		return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m",
				"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto");
	}

	/**
	 * Starts another main class, which {@linkplain #run runs} an application, with
	 * options for its virtual machine.
	 */
	static LiveProcess start(Class<?> main, List<String> options, PostgresSettings postgres, String... properties) {
		List<String> command = new ArrayList<>(shortLived());
		command
			.addAll(List.of("-cp", System.getProperty("java.class.path"), "-Dspring.devtools.restart.enabled=false"));
		command.addAll(options);
		command.add(main.getName());
		command.addAll(RunningApplication.properties(postgres, properties));
		try {
			LiveProcess started = new LiveProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
			started.port.orTimeout(PATIENCE, TimeUnit.SECONDS).join();
			return started;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static void main(String[] properties) throws IOException {
		run(properties, LiveApplication.class, RunningApplication.Kalam.class);
	}

	/**
	 * Ends when its parent does, whose end of the pipe is closed then.
	 */
	static void run(String[] properties, Class<?>... sources) throws IOException {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(sources).properties(properties).run();
		System.out.println(PORT + context.getEnvironment().getProperty("local.server.port"));
		if (System.in.read() < 0) {
			Runtime.getRuntime().halt(1);
		}
	}

	private void read() {
		try (BufferedReader reader = this.process.inputReader()) {
			for (String line = reader.readLine(); line != null; line = reader.readLine()) {
				System.out.println(this.process.pid() + " | " + line);
				this.output.add(line);
				if (line.startsWith(PORT)) {
					this.port.complete(line.substring(PORT.length()));
				}
			}
			this.port.completeExceptionally(new IllegalStateException("It ended before it listened"));
		}
		catch (IOException ex) {
			this.port.completeExceptionally(ex);
		}
	}

	URI socket() {
		return URI.create("ws://localhost:" + this.port.join() + "/v1/ws");
	}

	/**
	 * The address after so many restarts within the process.
	 */
	URI socket(int restarts) {
		List<String> ports = Awaitility.await()
			.atMost(PATIENCE, TimeUnit.SECONDS)
			.until(() -> printed(PORT), (printed) -> printed.size() > restarts);
		return URI.create("ws://localhost:" + ports.get(restarts) + "/v1/ws");
	}

	long pid() {
		return this.process.pid();
	}

	void pause() {
		signal("STOP");
	}

	void wake() {
		signal("CONT");
	}

	void terminate() {
		signal("TERM");
	}

	void kill() {
		signal("KILL");
	}

	/**
	 * What it has printed behind a mark, line by line: all of it once it has ended.
	 */
	List<String> printed(String mark) throws InterruptedException {
		if (!this.process.isAlive()) {
			this.reader.join();
		}
		return this.output.stream()
			.filter((line) -> line.startsWith(mark))
			.map((line) -> line.substring(mark.length()))
			.toList();
	}

	/**
	 * Waits for its end.
	 * @return whether it has ended in time
	 */
	boolean awaitExit(long seconds) throws InterruptedException {
		return this.process.waitFor(seconds, TimeUnit.SECONDS);
	}

	private void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(this.process.pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
