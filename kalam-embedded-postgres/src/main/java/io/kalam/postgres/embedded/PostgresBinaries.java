package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Postgres's programs, unpacked once per version and user into a directory that nobody
 * else may write.
 */
final class PostgresBinaries {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static @Nullable PostgresBinaries known;

	private final Platform platform;

	private final RunAs runAs;

	private final Path home;

	private final String version;

	private PostgresBinaries(Platform platform, RunAs runAs, Path home) {
		this.platform = platform;
		this.runAs = runAs;
		this.home = home;
		this.version = askVersion();
	}

	/**
	 * The programs for this machine, unpacked if they aren't there.
	 * @return the programs, the same for the life of the JVM
	 */
	static synchronized PostgresBinaries forThisMachine() {
		PostgresBinaries binaries = known;
		if (binaries == null || !Files.isDirectory(binaries.home)) {
			binaries = find();
			known = binaries;
		}
		return binaries;
	}

	private static PostgresBinaries find() {
		Platform platform = Platform.current();
		RunAs runAs = RunAs.current(platform);
		BinaryArchive archive = BinaryArchive.find(platform);
		return new PostgresBinaries(platform, runAs, unpacked(archive, runAs));
	}

	private static Path unpacked(BinaryArchive archive, RunAs runAs) {
		IOException failure = null;
		List<Path> candidates = candidates(runAs);
		for (Path parent : candidates) {
			try {
				return archive.unpackInto(PrivateDirectory.create(parent.toAbsolutePath()));
			}
			catch (IOException ex) {
				failure = ex;
			}
		}
		throw new PlatformUnsupportedException(
				"The embedded Postgres cannot be unpacked into any of " + candidates + ".",
				"Make the first of them writable for the user '" + System.getProperty("user.name")
						+ "' alone, with 150 MB free, or set -Djava.io.tmpdir to a directory of which that is true.",
				failure);
	}

	private static List<Path> candidates(RunAs runAs) {
		List<Path> candidates = new ArrayList<>();
		Path userHome = Path.of(System.getProperty("user.home"));
		if (runAs.owner() != null) {
			candidates.add(Path.of("/var/cache/kalam"));
		}
		else if (userHome.isAbsolute()) {
			candidates.add(userHome.resolve(".cache").resolve("kalam"));
		}
		candidates.add(Path.of(System.getProperty("java.io.tmpdir"), "kalam-" + System.getProperty("user.name")));
		return candidates;
	}

	/**
	 * The version of the server.
	 * @return for instance {@code 17.11}
	 */
	String version() {
		return this.version;
	}

	/**
	 * The part of the version that the format of a data directory depends on.
	 * @return for instance {@code 17}
	 */
	String majorVersion() {
		int dot = this.version.indexOf('.');
		return (dot < 0) ? this.version : this.version.substring(0, dot);
	}

	boolean onWindows() {
		return this.platform.isWindows();
	}

	RunAs runAs() {
		return this.runAs;
	}

	/**
	 * The command that runs one of the programs without root's privileges.
	 * @param program {@code initdb}, {@code pg_ctl} or {@code postgres}
	 * @param arguments its arguments
	 * @return the whole command
	 */
	List<String> command(String program, List<String> arguments) {
		List<String> command = new ArrayList<>();
		command.add(this.home.resolve("bin").resolve(this.platform.executable(program)).toString());
		command.addAll(arguments);
		return this.runAs.command(command);
	}

	Command.Result run(String program, List<String> arguments, Duration timeout) {
		try {
			return Command.run(command(program, arguments), timeout);
		}
		catch (IOException ex) {
			throw unrunnable(program, ex.getMessage(), ex);
		}
	}

	private String askVersion() {
		Command.Result result = run("postgres", List.of("--version"), TIMEOUT);
		String[] words = result.output().strip().split("\\s+");
		if (!result.succeeded() || words.length < 3) {
			throw unrunnable("postgres", result.output().strip(), null);
		}
		return words[2];
	}

	private PlatformUnsupportedException unrunnable(String program, @Nullable String why, @Nullable Throwable cause) {
		return new PlatformUnsupportedException(
				"The program '" + program + "' of the embedded Postgres does not run on this machine: " + why + ".",
				"Type: rm -r '" + this.home
						+ "', and start again. If that does not help, configure a database of your own "
						+ "with spring.r2dbc.url or spring.datasource.url.",
				cause);
	}

}
