package io.kalam.boot;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.ToolProvider;

import io.kalam.boot.notes.NotesApplication;
import io.kalam.catalog.PostgresSettings;

import org.springframework.boot.SpringApplicationAotProcessor;

/**
 * A whole application that is processed ahead of time, as Boot's build plugins do it, and
 * started in a process of its own with what came of it.
 */
public final class AotProcess {

	private static final long PATIENCE = 600;

	private final Path directory;

	private final PostgresSettings postgres;

	private AotProcess(Path directory, PostgresSettings postgres) {
		this.directory = directory;
		this.postgres = postgres;
	}

	/**
	 * Processes the application and compiles what was generated.
	 */
	static AotProcess build(Path directory, PostgresSettings postgres) {
		AotProcess process = new AotProcess(directory, postgres);
		process.process();
		process.compile();
		return process;
	}

	/**
	 * The application, started without looking at classes again.
	 */
	LiveProcess start(String... properties) {
		return LiveProcess.start(AotProcess.class,
				List.of("-cp", classes() + File.pathSeparator + System.getProperty("java.class.path"),
						"-Dspring.aot.enabled=true"),
				this.postgres, Stream.concat(Stream.of(datasource()), Stream.of(properties)).toArray(String[]::new));
	}

	Path resources() {
		return this.directory.resolve("resources");
	}

	private Path sources() {
		return this.directory.resolve("sources");
	}

	private Path classes() {
		return this.directory.resolve("classes");
	}

	private String[] datasource() {
		return new String[] {
				"spring.datasource.url=jdbc:postgresql://" + this.postgres.host() + ":" + this.postgres.port() + "/"
						+ this.postgres.database(),
				"spring.datasource.username=" + this.postgres.user(),
				"spring.datasource.password=" + this.postgres.password(), "spring.jpa.hibernate.ddl-auto=update",
				"kalam.postgres.replica-identity=manage" };
	}

	private void process() {
		List<String> command = new ArrayList<>(LiveProcess.shortLived());
		command.addAll(List.of("-cp", System.getProperty("java.class.path"),
				SpringApplicationAotProcessor.class.getName(), AotProcess.class.getName(), sources().toString(),
				resources().toString(), classes().toString(), "io.kalam", "aot"));
		command.addAll(RunningApplication.properties(this.postgres, datasource()));
		try {
			Process process = new ProcessBuilder(command).inheritIO().start();
			boolean ended = process.waitFor(PATIENCE, TimeUnit.SECONDS);
			if (!ended || process.exitValue() != 0) {
				process.destroyForcibly();
				throw new AssertionError("The application could not be processed ahead of time");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void compile() {
		try (Stream<Path> files = Files.walk(sources())) {
			List<String> arguments = new ArrayList<>(
					List.of("-nowarn", "-proc:none", "-parameters", "-d", classes().toString(), "-cp",
							classes() + File.pathSeparator + System.getProperty("java.class.path")));
			files.map(Path::toString).filter((file) -> file.endsWith(".java")).forEach(arguments::add);
			int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
			if (result != 0) {
				throw new AssertionError("What was generated can't be compiled");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public static void main(String[] properties) throws IOException {
		LiveProcess.run(properties, NotesApplication.class);
	}

}
