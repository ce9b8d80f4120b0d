package io.kalam.boot.test;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Guards what a user's socket has brought, and lets a test wait for what it will bring.
 */
final class Monitor {

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	/**
	 * Changes something, and wakes who waits.
	 */
	void change(Runnable change) {
		this.lock.lock();
		try {
			change.run();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Looks at something.
	 */
	<T> T look(Supplier<T> look) {
		this.lock.lock();
		try {
			return look.get();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Waits for a condition, which is looked at after each change.
	 * @return whether it has come true in time
	 */
	boolean await(BooleanSupplier condition, Duration patience) {
		long left = patience.toNanos();
		this.lock.lock();
		try {
			while (!condition.getAsBoolean()) {
				if (left <= 0) {
					return false;
				}
				left = this.changed.awaitNanos(left);
			}
			return true;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(
					"Interrupted after " + TimeUnit.NANOSECONDS.toMillis(patience.toNanos() - left) + " ms of waiting",
					ex);
		}
		finally {
			this.lock.unlock();
		}
	}

}
