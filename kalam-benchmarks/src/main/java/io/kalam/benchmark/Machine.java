package io.kalam.benchmark;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

/**
 * Where it was measured.
 *
 * @param processor the model of the processor, as far as the system tells it
 * @param cores the number of cores
 * @param memory the memory in GiB
 * @param system the operating system
 * @param jdk the JDK
 * @param postgres the version of Postgres
 */
record Machine(String processor, int cores, long memory, String system, String jdk, String postgres) {

	private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

	static Machine of(String postgres) {
		return new Machine(model(), Runtime.getRuntime().availableProcessors(), platform().getTotalMemorySize() >> 30,
				System.getProperty("os.name") + " " + System.getProperty("os.version"),
				System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"), postgres);
	}

	/**
	 * How busy the machine is.
	 * @return the load average of the last minute, negative if it is not known
	 */
	static double load() {
		return platform().getSystemLoadAverage();
	}

	/**
	 * The processor time that this process has used.
	 * @return the time in nanoseconds
	 */
	static long cpuTime() {
		return platform().getProcessCpuTime();
	}

	private static OperatingSystemMXBean platform() {
		return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
	}

	private static String model() {
		if (!Files.isReadable(PROCESSORS)) {
			return System.getProperty("os.arch");
		}
		try (Stream<String> lines = Files.lines(PROCESSORS)) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse(System.getProperty("os.arch"));
		}
		catch (IOException ex) {
			return System.getProperty("os.arch");
		}
	}

	@Override
	public String toString() {
		return "%s, %d cores, %d GiB, %s; %s; Postgres %s".formatted(this.processor, this.cores, this.memory,
				this.system, this.jdk, this.postgres);
	}

}
