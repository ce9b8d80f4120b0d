package io.kalam.benchmark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is allocated is counted, whichever thread it was.
 */
class AllocationTests {

	private static final int SIZE = 1 << 20;

	@Test
	void whatOtherThreadsAllocateIsCountedToo() throws Exception {
		ExecutorService old = Executors.newSingleThreadExecutor();
		ExecutorService young = Executors.newSingleThreadExecutor();
		try {
			old.submit(() -> allocate(8)).get();
			Allocation allocation = Allocation.begin();
			old.submit(() -> allocate(16)).get();
			young.submit(() -> allocate(32)).get();
			assertThat(allocation.bytes()).isBetween(48L * SIZE, 56L * SIZE);
		}
		finally {
			old.shutdownNow();
			young.shutdownNow();
		}
	}

	private static int allocate(int times) {
		int sum = 0;
		for (int i = 0; i < times; i++) {
			sum += new byte[SIZE].length;
		}
		return sum;
	}

}
