package io.kalam.websocket;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which thread does what for a connection, and that nothing is forgotten between them.
 */
class MailboxTests {

	private final Queue<Runnable> workers = new ArrayDeque<>();

	private final Queue<Runnable> eventLoop = new ArrayDeque<>();

	private final List<String> done = new ArrayList<>();

	private boolean shortStep = true;

	private Runnable during = () -> {
	};

	private final Mailbox mailbox = new Mailbox(this.workers::add, this.eventLoop::add, new RecordedStep(),
			(ex) -> this.done.add(ex.getMessage()));

	@Test
	void aShortStepIsTakenByTheEventLoop() {
		this.mailbox.wake();
		this.mailbox.wake();
		assertThat(this.workers).isEmpty();
		assertThat(this.eventLoop).hasSize(1);
		runAll();
		assertThat(this.done).containsExactly("short step");
	}

	@Test
	void aTaskIsRunByWorkersAndSoIsAStepThatMayWait() {
		this.mailbox.execute(() -> this.done.add("task"));
		assertThat(this.eventLoop).isEmpty();
		runAll();
		this.shortStep = false;
		this.mailbox.wake();
		assertThat(this.eventLoop).isEmpty();
		runAll();
		assertThat(this.done).containsExactly("task", "step", "step");
	}

	@Test
	void aTaskThatComesBeforeTheEventLoopIsThereIsLeftToWorkers() {
		this.mailbox.wake();
		this.mailbox.execute(() -> this.done.add("task"));
		this.eventLoop.remove().run();
		assertThat(this.done).isEmpty();
		runAll();
		assertThat(this.done).containsExactly("task", "step");
	}

	@Test
	void aTaskThatComesDuringAShortStepIsLeftToWorkers() {
		this.during = () -> {
			this.during = () -> {
			};
			this.mailbox.execute(() -> this.done.add("task"));
		};
		this.mailbox.wake();
		this.eventLoop.remove().run();
		assertThat(this.done).containsExactly("short step");
		runAll();
		assertThat(this.done).containsExactly("short step", "task", "step");
	}

	@Test
	void whatNoLongerIsShortIsLeftToWorkers() {
		this.during = () -> {
			this.shortStep = false;
			this.during = () -> {
			};
			this.mailbox.wake();
		};
		this.mailbox.wake();
		this.eventLoop.remove().run();
		assertThat(this.eventLoop).isEmpty();
		runAll();
		assertThat(this.done).containsExactly("short step", "step");
	}

	@Test
	void workersTakeOverFromAnEventLoopThatHasEnded() {
		Mailbox ended = new Mailbox(this.workers::add, (task) -> {
			throw new RejectedExecutionException("ended");
		}, new RecordedStep(), (ex) -> this.done.add(ex.getMessage()));
		ended.wake();
		runAll();
		assertThat(this.done).containsExactly("step");
	}

	@Test
	void aFailureIsToldAndWhatComesNextIsDone() {
		this.during = () -> {
			this.during = () -> {
			};
			throw new IllegalStateException("failed");
		};
		this.mailbox.wake();
		runAll();
		this.mailbox.wake();
		runAll();
		assertThat(this.done).containsExactly("short step", "failed", "short step");
	}

	@Test
	void oneThreadAtATimeAndNothingForgotten() throws InterruptedException {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		ExecutorService loop = Executors.newSingleThreadExecutor();
		try {
			for (int round = 0; round < 200; round++) {
				Counter counter = new Counter();
				Mailbox contended = new Mailbox(threads, loop, counter, (ex) -> counter.overlaps.incrementAndGet());
				CountDownLatch ready = new CountDownLatch(3);
				for (int i = 0; i < 3; i++) {
					boolean tasks = i == 0;
					new Thread(() -> {
						for (int turn = 0; turn < 100; turn++) {
							counter.wanted.incrementAndGet();
							if (tasks) {
								contended.execute(counter::enter);
							}
							else {
								contended.wake();
							}
						}
						ready.countDown();
					}).start();
				}
				assertThat(ready.await(1, TimeUnit.MINUTES)).isTrue();
				CountDownLatch last = new CountDownLatch(1);
				counter.seen = last;
				contended.wake();
				assertThat(last.await(1, TimeUnit.MINUTES)).as("the step behind the last wake").isTrue();
				assertThat(counter.overlaps).hasValue(0);
			}
		}
		finally {
			threads.shutdown();
			loop.shutdown();
		}
	}

	private void runAll() {
		while (!this.workers.isEmpty() || !this.eventLoop.isEmpty()) {
			(this.workers.isEmpty() ? this.eventLoop : this.workers).remove().run();
		}
	}

	private final class RecordedStep implements Mailbox.Step {

		@Override
		public void run() {
			MailboxTests.this.done.add("step");
		}

		@Override
		public void runShortly() {
			MailboxTests.this.done.add("short step");
			MailboxTests.this.during.run();
		}

		@Override
		public boolean isShort() {
			return MailboxTests.this.shortStep;
		}

	}

	/**
	 * Notices when two threads are in it, and what it has seen last.
	 */
	private static final class Counter implements Mailbox.Step {

		private final AtomicInteger inside = new AtomicInteger();

		private final AtomicInteger overlaps = new AtomicInteger();

		private final AtomicInteger wanted = new AtomicInteger();

		private volatile CountDownLatch seen;

		private int steps;

		void enter() {
			if (this.inside.incrementAndGet() > 1) {
				this.overlaps.incrementAndGet();
			}
			this.steps++;
			this.inside.decrementAndGet();
		}

		@Override
		public void run() {
			enter();
			if (this.seen != null && this.wanted.get() == 300) {
				this.seen.countDown();
			}
		}

		@Override
		public void runShortly() {
			run();
		}

		@Override
		public boolean isShort() {
			return this.steps % 3 != 0;
		}

	}

}
