package io.kalam.subscription;

import java.util.concurrent.locks.ReentrantLock;

/**
 * The lock of a session. Who polls the session needs it too: whoever wants the session
 * polled while holding it has that done when it is free.
 */
final class SessionLock {

	private final ReentrantLock lock = new ReentrantLock();

	private final Runnable available;

	private boolean wakeLater;

	/**
	 * A lock that is free.
	 * @param available has the session polled
	 */
	SessionLock(Runnable available) {
		this.available = available;
	}

	void lock() {
		this.lock.lock();
	}

	/**
	 * Takes the lock if nobody has it.
	 * @return whether it was free
	 */
	boolean tryLock() {
		return this.lock.tryLock();
	}

	/**
	 * Releases the lock and has nothing polled.
	 */
	void unlock() {
		this.lock.unlock();
	}

	/**
	 * Releases the lock and, if that was the last hold and somebody has wanted it, has
	 * the session polled.
	 */
	void unlockAndWake() {
		boolean wake = this.wakeLater && this.lock.getHoldCount() == 1;
		if (wake) {
			this.wakeLater = false;
		}
		this.lock.unlock();
		if (wake) {
			this.available.run();
		}
	}

	/**
	 * Has the session polled, now or as soon as the lock is free. Called by any thread.
	 */
	void wake() {
		if (this.lock.isHeldByCurrentThread()) {
			this.wakeLater = true;
		}
		else {
			this.available.run();
		}
	}

}
