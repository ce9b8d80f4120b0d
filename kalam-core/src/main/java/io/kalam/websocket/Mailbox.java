package io.kalam.websocket;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Runs what happens to a connection one after the other. However often it is woken, it is
 * queued at most once. Tasks are run by workers, who may wait; a step that has nothing to
 * wait for is run by the socket's event loop, which saves two changes of thread.
 */
final class Mailbox {

	private static final AtomicLongFieldUpdater<Mailbox> PENDING = AtomicLongFieldUpdater.newUpdater(Mailbox.class,
			"pending");

	/** What a task counts, so that wakes alone never come to it. */
	private static final long TASK = 1L << 32;

	private final Executor workers;

	private final @Nullable Executor eventLoop;

	private final Step step;

	private final Consumer<Throwable> failed;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** How many wakes and tasks have not been dealt with. */
	private volatile long pending;

	/**
	 * A mailbox.
	 * @param workers run tasks, and steps that may have to wait
	 * @param eventLoop runs the other steps, {@code null} if workers do
	 * @param step runs after the tasks that were there
	 * @param failed is told what a task or the step has thrown
	 */
	Mailbox(Executor workers, @Nullable Executor eventLoop, Step step, Consumer<Throwable> failed) {
		this.workers = workers;
		this.eventLoop = eventLoop;
		this.step = step;
		this.failed = failed;
	}

	/**
	 * Runs a task, then the step. Called by any thread; returns at once.
	 * @param task the task
	 */
	void execute(Runnable task) {
		this.tasks.add(task);
		if (PENDING.getAndAdd(this, TASK) == 0) {
			this.workers.execute(this::run);
		}
	}

	/**
	 * Runs the step. Called by any thread; returns at once.
	 */
	void wake() {
		if (PENDING.getAndIncrement(this) == 0 && !startOnEventLoop()) {
			this.workers.execute(this::run);
		}
	}

	private boolean startOnEventLoop() {
		if (this.eventLoop == null || !this.step.isShort()) {
			return false;
		}
		try {
			this.eventLoop.execute(this::runShortly);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private void runShortly() {
		long seen = this.pending;
		do {
			if (seen >= TASK || !this.step.isShort()) {
				this.workers.execute(this::run);
				return;
			}
			guarded(this.step::runShortly);
			seen = PENDING.addAndGet(this, -seen);
		}
		while (seen != 0);
	}

	private void run() {
		long seen = this.pending;
		do {
			for (Runnable task = this.tasks.poll(); task != null; task = this.tasks.poll()) {
				guarded(task);
			}
			guarded(this.step::run);
			seen = PENDING.addAndGet(this, -seen);
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

	/**
	 * What a connection does whenever something has happened.
	 */
	interface Step {

		/**
		 * Does it. May wait for files.
		 */
		void run();

		/**
		 * Does as much of it as can be done without waiting for anything.
		 */
		void runShortly();

		/**
		 * Whether nothing would have to be waited for, as far as can be told. Called by
		 * any thread.
		 */
		boolean isShort();

	}

}
