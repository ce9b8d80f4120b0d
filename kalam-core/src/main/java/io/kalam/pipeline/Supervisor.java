package io.kalam.pipeline;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of the pipeline: it can be started when the one before has ended. Used
 * by one thread at a time, except where it says otherwise.
 */
final class Supervisor {

	private static final Logger logger = LoggerFactory.getLogger(Supervisor.class);

	private static final Duration STOP = Duration.ofSeconds(15);

	private final String name;

	private final Runnable task;

	private @Nullable Thread thread;

	private volatile boolean stopping;

	Supervisor(String slot, Runnable task) {
		this.name = "kalam-pipeline-" + slot;
		this.task = task;
	}

	/**
	 * Whether the thread was started and not stopped since.
	 */
	boolean isStarted() {
		return this.thread != null && !this.stopping;
	}

	/**
	 * Whether the thread has to end. May be asked by any thread.
	 */
	boolean isStopping() {
		return this.stopping;
	}

	/**
	 * Starts a thread, if none of those that were stopped still runs.
	 * @throws IllegalStateException if one has not ended in time
	 */
	void start() {
		if (!hasEnded()) {
			throw new IllegalStateException("The pipeline can't be started again: the thread " + this.name
					+ " has not ended since it was stopped. If it does not, start the application again.");
		}
		this.stopping = false;
		Thread started = new Thread(this.task, this.name);
		started.setDaemon(true);
		started.start();
		this.thread = started;
	}

	/**
	 * Has the thread end and waits for it.
	 */
	void stop() {
		Thread running = this.thread;
		if (running != null) {
			this.stopping = true;
			running.interrupt();
			if (!hasEnded()) {
				logger.warn("The pipeline has not ended within {}", STOP);
			}
		}
	}

	private boolean hasEnded() {
		Thread running = this.thread;
		if (running == null) {
			return true;
		}
		try {
			running.join(STOP.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		if (running.isAlive()) {
			return false;
		}
		this.thread = null;
		return true;
	}

}
