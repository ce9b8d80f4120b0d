package io.kalam.postgres.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The archive with Postgres's programs for one platform, a resource on the class path.
 *
 * @param resource where it is
 */
record BinaryArchive(URL resource) {

	/**
	 * Finds the archive on the class path.
	 * @param platform the platform it must run on
	 * @return the archive
	 * @throws PlatformUnsupportedException if there is none
	 */
	static BinaryArchive find(Platform platform) {
		for (String name : platform.archives()) {
			URL resource = BinaryArchive.class.getResource("/" + name);
			if (resource != null) {
				return new BinaryArchive(resource);
			}
		}
		throw new PlatformUnsupportedException(
				"There are no binaries of Postgres for this machine (" + platform.system() + ", " + platform.machine()
						+ (platform.alpine() ? ", Alpine" : "") + ") on the class path.",
				"Add the dependency " + platform.artifact()
						+ " if there is one, or configure a database of your own with "
						+ "spring.r2dbc.url or spring.datasource.url.",
				null);
	}

	/**
	 * Unpacks the archive into a subdirectory that is named after its content, unless
	 * that was done before. Processes that do so at the same time don't disturb one
	 * another: the subdirectory appears at once, when it is complete.
	 * @param parent a directory that nobody else may write
	 * @return the subdirectory
	 * @throws IOException if that fails
	 */
	Path unpackInto(Path parent) throws IOException {
		Path home = parent.resolve("postgres-" + digest());
		if (Files.isDirectory(home)) {
			return home;
		}
		Path unfinished = Files.createTempDirectory(parent, "unfinished-");
		try {
			unpack(unfinished);
			publish(unfinished, home);
		}
		finally {
			DirectoryTree.delete(unfinished);
		}
		return home;
	}

	private void publish(Path unfinished, Path home) throws IOException {
		DirectoryTree.allowReading(unfinished);
		try {
			Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			if (!Files.isDirectory(home)) {
				throw ex;
			}
		}
	}

	private void unpack(Path target) throws IOException {
		try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open()))) {
			TarArchiveEntry entry = tar.getNextEntry();
			while (entry != null) {
				unpack(tar, entry, target);
				entry = tar.getNextEntry();
			}
		}
	}

	private void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path target) throws IOException {
		Path path = target.resolve(entry.getName()).normalize();
		Path parent = path.getParent();
		if (!path.startsWith(target) || parent == null) {
			throw new IOException("The archive names a file outside of its directory: " + entry.getName());
		}
		if (entry.isDirectory()) {
			Files.createDirectories(path);
			return;
		}
		Files.createDirectories(parent);
		if (entry.isSymbolicLink()) {
			Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
		}
		else if (entry.isFile()) {
			Files.copy(tar, path);
			boolean program = (entry.getMode() & 0100) != 0 || parent.endsWith("bin");
			if (program && !path.toFile().setExecutable(true, false)) {
				throw new IOException("Cannot make " + path + " executable");
			}
		}
	}

	private String digest() throws IOException {
		try (DigestInputStream stream = new DigestInputStream(open(), MessageDigest.getInstance("SHA-256"))) {
			stream.transferTo(OutputStream.nullOutputStream());
			return HexFormat.of().formatHex(stream.getMessageDigest().digest()).substring(0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private InputStream open() throws IOException {
		URLConnection connection = this.resource.openConnection();
		connection.setUseCaches(false);
		return new BufferedInputStream(connection.getInputStream(), 1 << 16);
	}

}
