package io.kalam.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The frames in {@code src/protocol/frames}, which the tests of all languages read.
 */
public final class GoldenFrames {

	private static final String SUFFIX = ".json";

	private GoldenFrames() {
	}

	/**
	 * The names of all frames of a direction, {@code client-} or {@code server-}.
	 */
	public static Set<String> names(String prefix) {
		try (Stream<Path> files = Files.list(directory())) {
			return files.map((file) -> file.getFileName().toString())
				.filter((name) -> name.startsWith(prefix) && name.endsWith(SUFFIX))
				.map((name) -> name.substring(0, name.length() - SUFFIX.length()))
				.collect(Collectors.toCollection(TreeSet::new));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * A frame as it is on the wire.
	 */
	public static String read(String name) {
		try {
			return Files.readString(directory().resolve(name + SUFFIX)).stripTrailing();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The protocol's document.
	 */
	public static String readme() {
		try {
			return Files.readString(directory().resolveSibling("README.md"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path directory() {
		Path directory = Path.of("").toAbsolutePath();
		while (!Files.isDirectory(directory.resolve("src/protocol/frames"))) {
			directory = directory.getParent();
		}
		return directory.resolve("src/protocol/frames");
	}

}
