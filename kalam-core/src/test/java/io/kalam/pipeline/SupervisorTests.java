package io.kalam.pipeline;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * There is never more than one thread of a pipeline.
 */
class SupervisorTests {

	private final Semaphore started = new Semaphore(0);

	private final CountDownLatch ending = new CountDownLatch(1);

	private final Supervisor supervisor = new Supervisor("slot", this::work);

	/**
	 * Doesn't end when it is interrupted.
	 */
	private void work() {
		this.started.release();
		boolean ended = false;
		while (!ended) {
			try {
				this.ending.await();
				ended = true;
			}
			catch (InterruptedException ex) {
				continue;
			}
		}
	}

	@AfterEach
	void end() {
		this.ending.countDown();
		this.supervisor.stop();
	}

	@Test
	void anotherThreadIsStartedOnlyWhenTheOneBeforeHasEnded() throws InterruptedException {
		this.supervisor.start();
		assertThat(this.started.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
		withoutPatience(this.supervisor::stop);
		assertThat(this.supervisor.isStarted()).isFalse();
		withoutPatience(() -> assertThatIllegalStateException().isThrownBy(this.supervisor::start)
			.withMessageContaining("kalam-pipeline-slot"));
		assertThat(this.supervisor.isStopping()).as("the one that is left still has to end").isTrue();
		assertThat(this.started.tryAcquire()).isFalse();
		this.ending.countDown();
		this.supervisor.start();
		assertThat(this.supervisor.isStarted()).isTrue();
		assertThat(this.started.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
	}

	/**
	 * As if the time had run out: who is interrupted doesn't wait.
	 */
	private static void withoutPatience(Runnable action) {
		Thread.currentThread().interrupt();
		action.run();
		assertThat(Thread.interrupted()).isTrue();
	}

}
