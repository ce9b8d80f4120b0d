package io.kalam.capture.debezium;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * From the streaming thread to the delivering one, in order; bounded in number and in
 * bytes.
 * <p>
 * The deliverer is woken when the stream is about to wait, or when a good number has
 * gathered: to wake it for each record costs a third of the throughput.
 */
final class Handoff {

	private static final int WAKE_AT = 512;

	private static final int MAX_NUMBER = 8192;

	private static final long MAX_BYTES = 16L << 20;

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition filled = this.lock.newCondition();

	private final Condition drained = this.lock.newCondition();

	private Queue<Captured> waiting = new ArrayDeque<>();

	private long bytes;

	private boolean closed;

	/**
	 * Adds something. Waits while there is too much; drops it once this is closed.
	 * @param captured what was read
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	void put(Captured captured) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			while (!this.closed && (this.waiting.size() >= MAX_NUMBER || this.bytes >= MAX_BYTES)) {
				this.filled.signal();
				this.drained.await();
			}
			if (!this.closed) {
				this.waiting.add(captured);
				if (this.waiting.size() == WAKE_AT) {
					this.filled.signal();
				}
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Says how much was read since the last call.
	 * @param count the number of bytes
	 */
	void weigh(long count) {
		this.lock.lock();
		try {
			this.bytes += count;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Wakes the deliverer if there is something for it.
	 */
	void flush() {
		this.lock.lock();
		try {
			if (!this.waiting.isEmpty()) {
				this.filled.signal();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Takes everything that is there.
	 * @param patience how long to wait if there is nothing
	 * @return what was read, in order; empty after the time or if this is closed
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	Queue<Captured> take(Duration patience) throws InterruptedException {
		this.lock.lockInterruptibly();
		try {
			long left = patience.toNanos();
			while (this.waiting.isEmpty() && !this.closed && left > 0) {
				left = this.filled.awaitNanos(left);
			}
			Queue<Captured> taken = this.waiting;
			this.waiting = new ArrayDeque<>();
			this.bytes = 0;
			this.drained.signal();
			return taken;
		}
		finally {
			this.lock.unlock();
		}
	}

	boolean isClosed() {
		this.lock.lock();
		try {
			return this.closed;
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Lets go of both threads and of what is waiting, for good.
	 */
	void shut() {
		this.lock.lock();
		try {
			this.closed = true;
			this.waiting.clear();
			this.filled.signalAll();
			this.drained.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

}
