package io.kalam.subscription;

import java.util.concurrent.locks.AbstractQueuedSynchronizer;

/**
 * The lock of a session. Who polls the session needs it too: whoever wants the session
 * polled while holding it has that done when it is free.
 * <p>
 * It does what a {@link java.util.concurrent.locks.ReentrantLock} does and keeps its
 * owner as a number: a reference that is stored in an old object is work for the garbage
 * collector, and with ten thousand sessions there is one for each message of each.
 */
final class SessionLock {

	private final Holds holds = new Holds();

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
		this.holds.acquire(1);
	}

	/**
	 * Takes the lock if nobody has it.
	 * @return whether it was free
	 */
	boolean tryLock() {
		return this.holds.tryAcquire(1);
	}

	/**
	 * Releases the lock and has nothing polled.
	 */
	void unlock() {
		this.holds.release(1);
	}

	/**
	 * Releases the lock and, if that was the last hold and somebody has wanted it, has
	 * the session polled.
	 */
	void unlockAndWake() {
		boolean wake = this.wakeLater && this.holds.count() == 1;
		if (wake) {
			this.wakeLater = false;
		}
		this.holds.release(1);
		if (wake) {
			this.available.run();
		}
	}

	/**
	 * Has the session polled, now or as soon as the lock is free. Called by any thread.
	 */
	void wake() {
		if (this.holds.isHeldExclusively()) {
			this.wakeLater = true;
		}
		else {
			this.available.run();
		}
	}

	/**
	 * How often its owner holds it.
	 */
	private static final class Holds extends AbstractQueuedSynchronizer {

		private static final long NOBODY = -1;

		/** The thread's number; only that thread can find its own here. */
		private transient long owner = NOBODY;

		/**
		 * How often it is held. Asked by its owner.
		 */
		int count() {
			return getState();
		}

		@Override
		protected boolean tryAcquire(int times) {
			if (isHeldExclusively()) {
				setState(getState() + times);
				return true;
			}
			boolean acquired = compareAndSetState(0, times);
			if (acquired) {
				this.owner = Thread.currentThread().getId();
			}
			return acquired;
		}

		@Override
		protected boolean tryRelease(int times) {
			if (!isHeldExclusively()) {
				throw new IllegalMonitorStateException("The lock is another thread's");
			}
			int left = getState() - times;
			if (left == 0) {
				this.owner = NOBODY;
			}
			setState(left);
			return left == 0;
		}

		@Override
		protected boolean isHeldExclusively() {
			return this.owner == Thread.currentThread().getId();
		}

	}

}
