package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Where the server keeps its data: a directory that stays, or a temporary one. Never
 * touches a directory that holds anything but data of an embedded Postgres.
 */
final class DataDirectory {

	private static final String CONFIGURATION = "kalam.conf";

	private static final String LOG = "kalam.log";

	private static final int SHOWN_LOG_LINES = 12;

	/**
	 * How long a server may take to end that a killed application has left behind.
	 */
	private static final Duration GRACE = Duration.ofSeconds(3);

	private final Path path;

	private final boolean temporary;

	private DataDirectory(Path path, boolean temporary) {
		this.path = path;
		this.temporary = temporary;
	}

	static DataDirectory open(@Nullable Path kept, PostgresBinaries binaries) {
		if (kept == null) {
			return temporary(binaries.runAs());
		}
		DataDirectory directory = new DataDirectory(kept.toAbsolutePath().normalize(), false);
		directory.createIfMissing(binaries.runAs());
		directory.checkContent(binaries.majorVersion());
		return directory;
	}

	private static DataDirectory temporary(RunAs runAs) {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		try {
			Path path = Files.createTempDirectory(parent, "kalam-postgres-");
			runAs.give(path);
			return new DataDirectory(path.toAbsolutePath(), true);
		}
		catch (IOException ex) {
			throw DataDirectoryUnusableException.notWritable(parent, ex);
		}
	}

	private void createIfMissing(RunAs runAs) {
		try {
			if (!Files.exists(this.path)) {
				Path parent = this.path.getParent();
				if (parent != null) {
					Files.createDirectories(parent);
				}
				Files.createDirectory(this.path);
				if (this.path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
					Files.setPosixFilePermissions(this.path, PosixFilePermissions.fromString("rwx------"));
				}
				runAs.give(this.path);
			}
		}
		catch (IOException ex) {
			throw DataDirectoryUnusableException.notWritable(this.path, ex);
		}
		if (!Files.isDirectory(this.path) || !Files.isWritable(this.path)) {
			throw DataDirectoryUnusableException.notWritable(this.path, null);
		}
	}

	private void checkContent(String majorVersion) {
		try {
			Path versionFile = this.path.resolve("PG_VERSION");
			if (Files.exists(versionFile)) {
				String found = Files.readString(versionFile).strip();
				if (!found.equals(majorVersion)) {
					throw new DataDirectoryVersionException(this.path, found, majorVersion);
				}
			}
			if (!isInitialised() && !isEmpty()) {
				throw DataDirectoryUnusableException.foreign(this.path);
			}
		}
		catch (IOException ex) {
			throw DataDirectoryUnusableException.notWritable(this.path, ex);
		}
	}

	private boolean isEmpty() throws IOException {
		try (DirectoryStream<Path> entries = Files.newDirectoryStream(this.path)) {
			return !entries.iterator().hasNext();
		}
	}

	/**
	 * Whether the directory holds a complete database.
	 * @return whether nothing remains to be initialised
	 */
	boolean isInitialised() {
		return Files.exists(this.path.resolve(CONFIGURATION), LinkOption.NOFOLLOW_LINKS);
	}

	/**
	 * Writes the parameters of the server, which also marks the directory as initialised.
	 * @param settings the settings
	 * @param runAs who must be able to read them
	 * @throws IOException if that fails
	 */
	void configure(ServerSettings settings, RunAs runAs) throws IOException {
		Path file = this.path.resolve(CONFIGURATION);
		if (!isInitialised()) {
			Files.writeString(this.path.resolve("postgresql.conf"),
					System.lineSeparator() + "include_if_exists '" + CONFIGURATION + "'" + System.lineSeparator(),
					StandardOpenOption.APPEND);
		}
		Files.writeString(file, settings.toConfiguration());
		runAs.give(file);
	}

	/**
	 * Makes sure that no other server uses the directory. Waits a little for one that is
	 * about to end.
	 * @throws IOException if the trace of a dead server can't be removed
	 * @throws DataDirectoryInUseException if a server uses it
	 */
	void claim() throws IOException {
		PostmasterFile file = PostmasterFile.read(this.path);
		if (file == null) {
			return;
		}
		ProcessHandle server = file.server();
		if (server != null && !Processes.awaitEnd(List.of(server), GRACE)) {
			throw inUse();
		}
		if (server == null) {
			file.deleteIfMisleading();
		}
	}

	DataDirectoryInUseException inUse() {
		PostmasterFile file = PostmasterFile.read(this.path);
		return new DataDirectoryInUseException(this.path,
				(file != null) ? "process " + file.pid() : "process unknown, it has just started or ended");
	}

	/**
	 * The server that runs on this directory.
	 * @return its process, or {@code null} if there is none
	 */
	@Nullable ProcessHandle server() {
		PostmasterFile file = PostmasterFile.read(this.path);
		return (file != null) ? file.server() : null;
	}

	Path path() {
		return this.path;
	}

	boolean isTemporary() {
		return this.temporary;
	}

	/**
	 * The file that the server writes its log to, anew at each start.
	 * @return the file, which may be missing
	 */
	Path log() {
		return this.path.resolve(LOG);
	}

	String endOfLog() {
		try {
			List<String> lines = Files.readAllLines(log());
			return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
		}
		catch (IOException ex) {
			return "";
		}
	}

	/**
	 * Deletes a temporary directory; a kept one is left as it is.
	 * @throws IOException if something remains
	 */
	void discard() throws IOException {
		if (this.temporary) {
			DirectoryTree.delete(this.path);
		}
	}

}
