package io.kalam.postgres.embedded;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A directory whose content can be trusted, because nobody else may write it.
 */
final class PrivateDirectory {

	private PrivateDirectory() {
	}

	/**
	 * Creates the directory if it is missing.
	 * @param directory the directory
	 * @return the directory
	 * @throws IOException if it can't be created or written, or belongs to or may be
	 * written by another user
	 */
	static Path create(Path directory) throws IOException {
		if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
			Path parent = directory.toAbsolutePath().getParent();
			if (parent != null) {
				Files.createDirectories(parent);
			}
			createOne(directory);
		}
		verify(directory);
		return directory;
	}

	private static void createOne(Path directory) throws IOException {
		try {
			Files.createDirectory(directory);
			if (isPosix(directory)) {
				Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
			}
		}
		catch (FileAlreadyExistsException ex) {
			if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
				throw ex;
			}
		}
	}

	private static void verify(Path directory) throws IOException {
		Path probe = Files.createTempFile(directory, "probe", null);
		try {
			if (isPosix(directory) && !isOursAlone(attributes(directory), attributes(probe))) {
				throw new FileSystemException(directory.toString(), null, "another user owns it or may write it");
			}
		}
		finally {
			Files.deleteIfExists(probe);
		}
	}

	private static boolean isPosix(Path path) {
		return path.getFileSystem().supportedFileAttributeViews().contains("posix");
	}

	private static PosixFileAttributes attributes(Path path) throws IOException {
		return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
	}

	private static boolean isOursAlone(PosixFileAttributes directory, PosixFileAttributes ours) {
		return directory.owner().equals(ours.owner())
				&& !directory.permissions().contains(PosixFilePermission.OTHERS_WRITE)
				&& !directory.permissions().contains(PosixFilePermission.GROUP_WRITE);
	}

}
