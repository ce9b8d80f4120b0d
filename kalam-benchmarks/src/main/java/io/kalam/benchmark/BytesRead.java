package io.kalam.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a thread has read from files, from the page cache or from the disk, as Linux
 * counts it.
 */
final class BytesRead {

	private static final Path COUNTERS = Path.of("/proc/thread-self/io");

	private static final String READ = "rchar: ";

	private BytesRead() {
	}

	/**
	 * What the calling thread has read so far.
	 * @return the bytes, not a number if the system does not tell
	 */
	static double ofThisThread() {
		if (!Files.isReadable(COUNTERS)) {
			return Double.NaN;
		}
		try {
			return Files.readAllLines(COUNTERS)
				.stream()
				.filter((line) -> line.startsWith(READ))
				.mapToLong((line) -> Long.parseLong(line.substring(READ.length())))
				.sum();
		}
		catch (IOException ex) {
			return Double.NaN;
		}
	}

}
