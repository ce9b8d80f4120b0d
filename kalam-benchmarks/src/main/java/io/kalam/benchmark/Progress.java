package io.kalam.benchmark;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How a backlog is being read: from the end of its first transaction to the end of its
 * last. One thread reads.
 */
final class Progress {

	private static final int PATIENCE_SECONDS = 120;

	private final int transactions;

	private final CountDownLatch done = new CountDownLatch(1);

	private int read;

	private long rows;

	private long begin;

	private long end;

	private long cpuBegin;

	private long cpuEnd;

	private @Nullable Allocation allocation;

	private long allocated;

	Progress(int transactions) {
		this.transactions = transactions;
	}

	/**
	 * A transaction has been read.
	 * @param size the number of its rows
	 */
	void add(int size) {
		this.read++;
		if (this.read == 1) {
			this.begin = System.nanoTime();
			this.cpuBegin = Machine.cpuTime();
			this.allocation = Allocation.begin();
			return;
		}
		this.rows += size;
		if (this.read == this.transactions) {
			this.end = System.nanoTime();
			this.cpuEnd = Machine.cpuTime();
			this.allocated = Objects.requireNonNull(this.allocation).bytes();
			this.done.countDown();
		}
	}

	/**
	 * Whether the next transaction is the last.
	 */
	boolean lacksOne() {
		return this.read == this.transactions - 1;
	}

	boolean isDone() {
		return this.done.getCount() == 0;
	}

	/**
	 * Waits for the end.
	 * @return how fast it was
	 * @throws InterruptedException if the thread was interrupted
	 */
	Speed await() throws InterruptedException {
		Assert.state(this.done.await(PATIENCE_SECONDS, TimeUnit.SECONDS), "The backlog has not been read to its end");
		return new Speed(this.rows * 1e9 / (this.end - this.begin), (this.cpuEnd - this.cpuBegin) / 1e3 / this.rows,
				(double) this.allocated / this.rows);
	}

	/**
	 * How fast a backlog was read.
	 *
	 * @param rowsPerSecond the rows per second
	 * @param cpuMicros the processor time that this process has used for a row, its
	 * compiler and collector included, in microseconds
	 * @param allocated the bytes that this process has allocated on the heap for a row
	 */
	record Speed(double rowsPerSecond, double cpuMicros, double allocated) {

	}

}
