package io.kalam.starter.torture;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What writers, clients and whoever kills share: whether it blows, whether it is over,
 * and what went wrong first.
 */
final class TortureStorm {

	final TortureCounts counts = new TortureCounts();

	final CommitBook book = new CommitBook();

	private final AtomicReference<Throwable> failure = new AtomicReference<>();

	private final CountDownLatch over = new CountDownLatch(1);

	private volatile boolean calm;

	boolean isCalm() {
		return this.calm;
	}

	void calm(boolean calm) {
		this.calm = calm;
	}

	boolean isOver() {
		return this.over.getCount() == 0;
	}

	void end() {
		this.over.countDown();
	}

	/**
	 * Passes time, less if it is over.
	 */
	void pause(long millis) {
		try {
			this.over.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	void fail(Throwable cause) {
		if (!isOver()) {
			this.failure.compareAndSet(null, cause);
		}
	}

	/**
	 * Fails with what went wrong on another thread.
	 */
	void rethrow() {
		Throwable cause = this.failure.get();
		if (cause != null) {
			throw new AssertionError(cause.getMessage(), cause);
		}
	}

	Thread start(String name, Runnable work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (RuntimeException | AssertionError ex) {
				fail(ex);
			}
		}, name);
		thread.setDaemon(true);
		thread.start();
		return thread;
	}

}
