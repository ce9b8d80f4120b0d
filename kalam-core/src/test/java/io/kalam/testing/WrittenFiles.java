package io.kalam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What has been written to a directory.
 */
public final class WrittenFiles {

	private WrittenFiles() {
	}

	/**
	 * Whether a text is in one of the files below a directory.
	 * @param directory the directory
	 * @param text the text, of ASCII
	 * @return whether it is
	 */
	public static boolean contain(Path directory, String text) {
		try (Stream<Path> files = Files.walk(directory)) {
			return files.filter(Files::isRegularFile).anyMatch((file) -> contains(file, text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * One that has gone meanwhile was written to another.
	 */
	private static boolean contains(Path file, String text) {
		try {
			return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
		}
		catch (NoSuchFileException ex) {
			return false;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
