package io.kalam.benchmark;

import java.lang.management.ManagementFactory;

import io.netty.util.internal.PlatformDependent;

/**
 * What a process keeps in memory.
 *
 * @param heap the bytes of its heap that are in use after the garbage was collected
 * @param direct the bytes outside the heap that Netty holds
 */
record Memory(long heap, long direct) {

	private static final int COLLECTIONS = 3;

	static Memory ofThisProcess() {
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
		}
		return new Memory(ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
				PlatformDependent.usedDirectMemory());
	}

	Memory minus(Memory other) {
		return new Memory(this.heap - other.heap, this.direct - other.direct);
	}

}
