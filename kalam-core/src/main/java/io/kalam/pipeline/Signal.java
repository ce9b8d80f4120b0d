package io.kalam.pipeline;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes the one thread that waits for something to do.
 */
final class Signal {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition raised = this.lock.newCondition();

	/**
	 * Has the condition looked at again.
	 */
	void raise() {
		this.lock.lock();
		try {
			this.raised.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits.
	 * @param time how long at the most
	 * @param condition what ends the wait
	 * @throws InterruptedException if the thread was interrupted
	 */
	void await(Duration time, BooleanSupplier condition) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = time.toNanos();
			while (left > 0 && !condition.getAsBoolean()) {
				left = this.raised.awaitNanos(left);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

}
