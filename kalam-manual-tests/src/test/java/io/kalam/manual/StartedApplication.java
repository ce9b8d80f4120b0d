package io.kalam.manual;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that was compiled from a project's sources, in a process of its own. Its
 * ports are free ones.
 */
final class StartedApplication implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final Pattern HTTP = Pattern.compile("started on port (\\d+)");

	private static final Pattern STREAMING = Pattern.compile("Streaming changes from \\S+:(\\d+)/");

	private static final Pattern POSTGRES = Pattern.compile("Embedded Postgres \\S+ on 127\\.0\\.0\\.1:(\\d+)");

	private final Path log;

	private final Process process;

	private StartedApplication(Path log, Process process) {
		this.log = log;
		this.process = process;
	}

	/**
	 * Compiles and starts it.
	 * @param project where it is
	 * @param mainClass what to run
	 * @param classPath its dependencies
	 */
	static StartedApplication start(Path project, String mainClass, String classPath) throws IOException {
		Path classes = Files.createDirectories(project.resolve("target/classes"));
		List<String> javac = new ArrayList<>(
				List.of("javac", "-parameters", "-d", classes.toString(), "-cp", classPath));
		try (Stream<Path> sources = Files.walk(project.resolve("src/main/java"))) {
			sources.filter(Files::isRegularFile).forEach((source) -> javac.add(source.toString()));
		}
		Tool.Result compiled = Tool.run(project, "", javac.toArray(String[]::new));
		assertThat(compiled.code()).as(compiled.output()).isZero();
		FileSystemUtils.copyRecursively(project.resolve("src/main/resources"), classes);
		Path log = project.resolve("application.log");
		Process process = new ProcessBuilder("java", "-Xmx512m", "-cp",
				classes + System.getProperty("path.separator") + classPath, mainClass, "--server.port=0",
				"--kalam.embedded-postgres.port=0")
			.directory(project.toFile())
			.redirectErrorStream(true)
			.redirectOutput(log.toFile())
			.start();
		return new StartedApplication(log, process);
	}

	int httpPort() {
		return await(HTTP);
	}

	int postgresPort() {
		return await(POSTGRES);
	}

	/**
	 * Waits until it follows its database.
	 */
	void awaitStreaming() {
		assertThat(await(STREAMING)).isEqualTo(postgresPort());
	}

	private int await(Pattern pattern) {
		Awaitility.await().atMost(PATIENCE).until(() -> pattern.matcher(log()).find() || !this.process.isAlive());
		Matcher found = pattern.matcher(log());
		assertThat(found.find()).as(log()).isTrue();
		return Integer.parseInt(found.group(1));
	}

	/**
	 * What it has written so far.
	 */
	String log() {
		try {
			return Files.readString(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroy();
		this.process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
	}

}
