package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The file {@code postmaster.pid}, in which a running server says that it uses a data
 * directory. It stays behind when a server is killed.
 *
 * @param directory the data directory
 * @param pid the process id of the server
 */
record PostmasterFile(Path directory, long pid) {

	private static final String NAME = "postmaster.pid";

	/**
	 * Reads the file.
	 * @param directory the data directory
	 * @return what it says, or {@code null} if there is no such file or it is empty
	 */
	static @Nullable PostmasterFile read(Path directory) {
		try {
			List<String> lines = Files.readAllLines(directory.resolve(NAME), StandardCharsets.ISO_8859_1);
			return lines.isEmpty() ? null : new PostmasterFile(directory, Long.parseLong(lines.get(0).strip()));
		}
		catch (IOException | NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * The process of the server, if it still runs. Process ids are used again, so that a
	 * process which certainly isn't a server on this directory doesn't count; in doubt it
	 * does.
	 * @return the process, or {@code null} if the file is stale
	 */
	@Nullable ProcessHandle server() {
		Optional<ProcessHandle> process = ProcessHandle.of(this.pid);
		if (process.isEmpty() || !Processes.isRunning(process.get()) || !canBeServer(process.get().info())) {
			return null;
		}
		return process.get();
	}

	private boolean canBeServer(ProcessHandle.Info info) {
		Optional<Path> program = info.command().map(Path::of).map(Path::getFileName);
		if (program.isPresent() && !program.get().toString().startsWith("postgres")) {
			return false;
		}
		return info.arguments().map(List::of).map(this::canBeHere).orElse(true);
	}

	private boolean canBeHere(List<String> arguments) {
		int option = arguments.indexOf("-D");
		if (option < 0 || option + 1 >= arguments.size()) {
			return true;
		}
		try {
			Path other = Path.of(arguments.get(option + 1));
			return !other.isAbsolute() || Files.isSameFile(other, this.directory);
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Deletes the file, which must be stale, if Postgres would take it for that of a
	 * living server because the process id has been used again. Other stale files it
	 * replaces by itself.
	 * @throws IOException if that fails
	 */
	void deleteIfMisleading() throws IOException {
		if (ProcessHandle.of(this.pid).isPresent()) {
			Files.deleteIfExists(this.directory.resolve(NAME));
		}
	}

}
