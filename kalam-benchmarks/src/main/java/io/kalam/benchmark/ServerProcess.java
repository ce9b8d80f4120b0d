package io.kalam.benchmark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server in a JVM of its own, which ends with this one.
 */
final class ServerProcess implements AutoCloseable {

	private static final String READY = "READY ";

	private final Process process;

	private final BufferedReader output;

	private final int port;

	/**
	 * Starts a server and waits until it is ready.
	 * @param main has the main method, which calls {@link #serve(int)}
	 * @param arguments its arguments
	 */
	ServerProcess(Class<?> main, Object... arguments) {
		this(List.of(), main, arguments);
	}

	/**
	 * Starts a server and waits until it is ready.
	 * @param options more options of the JVM
	 * @param main has the main method, which calls {@link #serve(int)}
	 * @param arguments its arguments
	 */
	ServerProcess(List<String> options, Class<?> main, Object... arguments) {
		this(System.getProperty("java.class.path"), options, main, arguments);
	}

	/**
	 * Starts a server that has a class path of its own and waits until it is ready.
	 * @param classPath the class path
	 * @param options more options of the JVM
	 * @param main has the main method, which calls {@link #ready(int)}
	 * @param arguments its arguments
	 */
	ServerProcess(String classPath, List<String> options, Class<?> main, Object... arguments) {
		List<String> command = new ArrayList<>(List.of(tool("java"), "-Xmx512m"));
		command.addAll(options);
		command.addAll(List.of("-cp", classPath, main.getName()));
		Arrays.stream(arguments).map(Object::toString).forEach(command::add);
		try {
			this.process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
			this.output = new BufferedReader(
					new InputStreamReader(this.process.getInputStream(), StandardCharsets.UTF_8));
			this.port = awaitReady(main);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String tool(String name) {
		return Path.of(System.getProperty("java.home"), "bin", name).toString();
	}

	private int awaitReady(Class<?> main) throws IOException {
		String line = this.output.readLine();
		if (line == null || !line.startsWith(READY)) {
			close();
			throw new IllegalStateException(main.getSimpleName() + " has not started; its messages are above");
		}
		return Integer.parseInt(line.substring(READY.length()));
	}

	/**
	 * Called by the server's main method: tells the port, answers when it is asked for
	 * its memory, and waits until the other process lets go.
	 * @param port the port that is served
	 * @throws IOException if standard input can't be read
	 */
	static void serve(int port) throws IOException {
		ready(port);
		answer();
		Runtime.getRuntime().halt(0);
	}

	/**
	 * Called by the server: tells the port.
	 * @param port the port that is served
	 */
	static void ready(int port) {
		System.out.println(READY + port);
	}

	/**
	 * Called by the server: answers when it is asked for its memory, until the other
	 * process lets go.
	 * @throws IOException if standard input can't be read
	 */
	static void answer() throws IOException {
		BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
		while (input.readLine() != null) {
			System.out.println(Memory.ofThisProcess().print());
		}
	}

	/**
	 * Waits until the server says something.
	 * @param line what it has to be
	 * @throws IOException if the server can't be heard
	 */
	void await(String line) throws IOException {
		String said = this.output.readLine();
		if (!line.equals(said)) {
			throw new IllegalStateException("The server was to say " + line + " and has said " + said);
		}
	}

	/**
	 * What the process keeps in memory, garbage collected.
	 * @return its memory
	 * @throws IOException if it can't be asked
	 */
	Memory memory() throws IOException {
		this.process.getOutputStream().write('\n');
		this.process.getOutputStream().flush();
		String line = this.output.readLine();
		if (line == null) {
			throw new IllegalStateException("The server has ended; its messages are above");
		}
		return Memory.parse(line);
	}

	/**
	 * What of the process is in the machine's memory, as it is, garbage and all.
	 * @return the bytes, 0 where the system does not tell
	 */
	long resident() {
		return Memory.residentBytes(Long.toString(this.process.pid()));
	}

	/**
	 * Writes how many live objects there are of each class, and their bytes.
	 * @param file where to
	 * @throws IOException if it can't be asked
	 * @throws InterruptedException if the thread was interrupted
	 */
	void histogram(Path file) throws IOException, InterruptedException {
		new ProcessBuilder(tool("jcmd"), Long.toString(this.process.pid()), "GC.class_histogram")
			.redirectOutput(file.toFile())
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start()
			.waitFor();
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
