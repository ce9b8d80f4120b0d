package io.kalam.benchmark;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

import org.springframework.util.Assert;

/**
 * The class path of an application, of nothing but jars.
 *
 * @param files the jars
 */
record Jars(List<Path> files) {

	/**
	 * Packs modules that are not packed yet.
	 * @param files jars, and directories of classes
	 * @param into where new jars go
	 * @return the jars
	 */
	static Jars pack(List<Path> files, Path into) {
		return new Jars(files.stream().map((file) -> pack(file, into)).toList());
	}

	private static Path pack(Path file, Path into) {
		if (Files.isRegularFile(file)) {
			return file;
		}
		Path jar = into.resolve(file.getName(file.getNameCount() - 3) + ".jar");
		try {
			// a module without classes, as a starter is, has no directory either
			Path classes = Files.isDirectory(file) ? file : Files.createTempDirectory(into, "empty");
			int result = ToolProvider.findFirst("jar")
				.orElseThrow()
				.run(System.err, System.err, "--create", "--file", jar.toString(), "-C", classes.toString(), ".");
			Assert.state(result == 0, () -> "No jar could be made of " + file);
			return jar;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Jars without(Jars others) {
		return new Jars(this.files.stream().filter((file) -> !others.files.contains(file)).toList());
	}

	/**
	 * The largest, in descending order.
	 * @param number how many at the most
	 */
	List<Path> largest(int number) {
		return this.files.stream().sorted(Comparator.comparingLong(Jars::size).reversed()).limit(number).toList();
	}

	double megabytes() {
		return this.files.stream().mapToDouble(Jars::megabytes).sum();
	}

	static double megabytes(Path file) {
		return size(file) / 1e6;
	}

	private static long size(Path file) {
		try {
			return Files.size(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public String toString() {
		return this.files.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
	}

}
