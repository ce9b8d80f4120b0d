package io.kalam.websocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs what happens to a connection one after the other, on the threads of an executor.
 * However often it is woken, it is queued at most once.
 */
final class Mailbox {

	private final Executor executor;

	private final Runnable step;

	private final Consumer<Throwable> failed;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	private final AtomicInteger pending = new AtomicInteger();

	/**
	 * A mailbox.
	 * @param executor runs everything
	 * @param step runs after the tasks that were there
	 * @param failed is told what a task or the step has thrown
	 */
	Mailbox(Executor executor, Runnable step, Consumer<Throwable> failed) {
		this.executor = executor;
		this.step = step;
		this.failed = failed;
	}

	/**
	 * Runs a task, then the step. Called by any thread; returns at once.
	 * @param task the task
	 */
	void execute(Runnable task) {
		this.tasks.add(task);
		wake();
	}

	/**
	 * Runs the step. Called by any thread; returns at once.
	 */
	void wake() {
		if (this.pending.getAndIncrement() == 0) {
			this.executor.execute(this::run);
		}
	}

	private void run() {
		int seen = this.pending.get();
		do {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				guarded(task);
			}
			guarded(this.step);
			seen = this.pending.addAndGet(-seen);
		}
		while (seen != 0);
	}

	private void guarded(Runnable task) {
		try {
			task.run();
		}
		catch (RuntimeException | Error ex) {
			this.failed.accept(ex);
		}
	}

}
