package io.kalam.postgres.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A directory with all that is below it. Symbolic links are never followed.
 */
final class DirectoryTree {

	private DirectoryTree() {
	}

	/**
	 * Deletes the directory, or as much of it as can be deleted. Files that vanish on
	 * their own meanwhile, and a directory that isn't there, are no error.
	 * @param directory the directory
	 * @throws IOException if something remains
	 */
	static void delete(Path directory) throws IOException {
		try {
			Files.walkFileTree(directory, new Deletion());
		}
		catch (NoSuchFileException ex) {
			// gone, as wanted
		}
	}

	/**
	 * Lets every user read the files and enter the directories.
	 * @param directory the directory
	 * @throws IOException if that fails
	 */
	static void allowReading(Path directory) throws IOException {
		try (Stream<Path> paths = Files.walk(directory)) {
			for (Path path : (Iterable<Path>) paths.filter((path) -> !Files.isSymbolicLink(path))::iterator) {
				File file = path.toFile();
				if (!file.setReadable(true, false) || (file.isDirectory() && !file.setExecutable(true, false))) {
					throw new IOException("Cannot make " + path + " readable");
				}
			}
		}
	}

	private static final class Deletion extends SimpleFileVisitor<Path> {

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			Files.deleteIfExists(file);
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult visitFileFailed(Path file, IOException ex) throws IOException {
			if (ex instanceof NoSuchFileException) {
				return FileVisitResult.CONTINUE;
			}
			throw ex;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException ex) throws IOException {
			Files.deleteIfExists(directory);
			return FileVisitResult.CONTINUE;
		}

	}

}
