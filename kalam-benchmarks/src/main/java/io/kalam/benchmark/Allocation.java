package io.kalam.benchmark;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

import com.sun.management.ThreadMXBean;

/**
 * What the threads of this process allocate on the heap, each of which has to live until
 * it is asked: the JVM keeps no total before Java 21.
 */
final class Allocation {

	private static final ThreadMXBean THREADS = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

	private final Map<Long, Long> before;

	private Allocation(Map<Long, Long> before) {
		this.before = before;
	}

	static Allocation begin() {
		return new Allocation(byThread());
	}

	/**
	 * What has been allocated since the begin.
	 * @return the bytes
	 */
	long bytes() {
		return byThread().entrySet()
			.stream()
			.mapToLong((thread) -> thread.getValue() - this.before.getOrDefault(thread.getKey(), 0L))
			.sum();
	}

	private static Map<Long, Long> byThread() {
		long[] ids = THREADS.getAllThreadIds();
		long[] bytes = THREADS.getThreadAllocatedBytes(ids);
		Map<Long, Long> allocated = new HashMap<>();
		for (int i = 0; i < ids.length; i++) {
			// negative: the thread has ended meanwhile
			if (bytes[i] >= 0) {
				allocated.put(ids[i], bytes[i]);
			}
		}
		return allocated;
	}

}
