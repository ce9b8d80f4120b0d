package io.kalam.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import io.netty.util.internal.PlatformDependent;

/**
 * What a process keeps in memory.
 *
 * @param heap the bytes of its heap that are in use after the garbage was collected
 * @param direct the bytes outside the heap that Netty holds
 * @param resident the bytes of all its memory that are in the machine's, after the
 * garbage was collected; 0 where the system does not tell
 */
record Memory(long heap, long direct, long resident) {

	private static final int COLLECTIONS = 3;

	private static final String RESIDENT = "Rss:";

	static Memory ofThisProcess() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return new Memory(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				PlatformDependent.usedDirectMemory(), residentBytes("self"));
	}

	static long residentBytes(String process) {
		Path sums = Path.of("/proc", process, "smaps_rollup");
		if (!Files.isReadable(sums)) {
			return 0;
		}
		try {
			return 1024 * Files.readAllLines(sums)
				.stream()
				.filter((line) -> line.startsWith(RESIDENT))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")))
				.sum();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * What one process tells another one.
	 * @param line what {@link #print()} has returned
	 */
	static Memory parse(String line) {
		String[] numbers = line.split(" ");
		return new Memory(Long.parseLong(numbers[0]), Long.parseLong(numbers[1]), Long.parseLong(numbers[2]));
	}

	String print() {
		return this.heap + " " + this.direct + " " + this.resident;
	}

	Memory minus(Memory other) {
		return new Memory(this.heap - other.heap, this.direct - other.direct, this.resident - other.resident);
	}

}
