package io.kalam.journal.rocksdb;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

import io.kalam.catalog.ServerState;
import org.jspecify.annotations.Nullable;

/**
 * What the process that has a journal's directory says about itself, for those who wait
 * for it. It stands in a file beside the journal, whose lock keeps others from reading
 * it.
 *
 * @param format the number of the format that it writes
 * @param system the cluster whose history it keeps
 * @param database the oid of the database in that cluster
 * @param process who it is
 */
record DirectoryHolder(int format, long system, long database, String process) {

	private static final String FILE = "kalam.holder";

	/**
	 * This process, on behalf of a database.
	 */
	static DirectoryHolder of(int format, ServerState server) {
		return new DirectoryHolder(format, server.systemIdentifier(), server.databaseOid(),
				"pid " + ProcessHandle.current().pid() + " on host " + host());
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "localhost";
		}
	}

	/**
	 * Reads what stands in a directory.
	 * @return the holder, {@code null} if it has not said anything yet
	 */
	static @Nullable DirectoryHolder read(Path directory) throws IOException {
		Properties lines = new Properties();
		try (Reader reader = new StringReader(Files.readString(directory.resolve(FILE)))) {
			lines.load(reader);
			return new DirectoryHolder(Integer.parseInt(lines.getProperty("format")),
					Long.parseLong(lines.getProperty("system")), Long.parseLong(lines.getProperty("database")),
					lines.getProperty("process", ""));
		}
		catch (NoSuchFileException | IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * Writes it into a directory, in one step.
	 */
	void write(Path directory) throws IOException {
		Path written = directory.resolve(FILE + ".new");
		Files.writeString(written, "format=" + this.format + "\nsystem=" + this.system + "\ndatabase=" + this.database
				+ "\nprocess=" + this.process + "\n");
		Files.move(written, directory.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
	}

	/**
	 * Removes what stands in a directory.
	 */
	static void clear(Path directory) throws IOException {
		Files.deleteIfExists(directory.resolve(FILE));
	}

	boolean isFor(ServerState server) {
		return this.system == server.systemIdentifier() && this.database == server.databaseOid();
	}

}
