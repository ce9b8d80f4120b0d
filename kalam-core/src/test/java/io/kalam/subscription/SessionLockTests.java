package io.kalam.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * When a session is polled that is woken.
 */
class SessionLockTests {

	private final AtomicInteger polls = new AtomicInteger();

	private final SessionLock lock = new SessionLock(this.polls::incrementAndGet);

	@Test
	void wakesAtOnceForAThreadThatDoesNotHoldIt() {
		this.lock.lock();
		CompletableFuture.runAsync(this.lock::wake).join();
		assertThat(this.polls).hasValue(1);
		this.lock.unlockAndWake();
		assertThat(this.polls).hasValue(1);
	}

	@Test
	void wakesOnceWhenItIsFree() {
		this.lock.lock();
		this.lock.lock();
		this.lock.wake();
		this.lock.wake();
		this.lock.unlockAndWake();
		assertThat(this.polls).hasValue(0);
		this.lock.unlockAndWake();
		assertThat(this.polls).hasValue(1);
		this.lock.lock();
		this.lock.unlockAndWake();
		assertThat(this.polls).hasValue(1);
	}

	@Test
	void leavesWakingToTheHoldBeforeIt() {
		this.lock.lock();
		this.lock.wake();
		this.lock.lock();
		this.lock.unlock();
		assertThat(this.polls).hasValue(0);
		this.lock.unlockAndWake();
		assertThat(this.polls).hasValue(1);
	}

	@Test
	void isNotWaitedForByWhoTriesIt() {
		assertThat(CompletableFuture.supplyAsync(this.lock::tryLock).join()).isTrue();
		assertThat(this.lock.tryLock()).as("another thread has it").isFalse();
	}

	@Test
	void isOneThreadsAtATime() {
		int[] count = { 0 };
		CompletableFuture<?>[] threads = IntStream.range(0, 4).mapToObj((i) -> CompletableFuture.runAsync(() -> {
			for (int turn = 0; turn < 20_000; turn++) {
				this.lock.lock();
				this.lock.lock();
				count[0]++;
				this.lock.unlock();
				this.lock.unlockAndWake();
			}
		}, (task) -> new Thread(task).start())).toArray(CompletableFuture[]::new);
		CompletableFuture.allOf(threads).join();
		assertThat(count[0]).isEqualTo(80_000);
	}

	@Test
	void isGivenBackByItsOwnerOnly() {
		this.lock.lock();
		assertThatExceptionOfType(CompletionException.class)
			.isThrownBy(() -> CompletableFuture.runAsync(this.lock::unlock).join())
			.withCauseInstanceOf(IllegalMonitorStateException.class);
		this.lock.unlock();
		assertThatExceptionOfType(IllegalMonitorStateException.class).isThrownBy(this.lock::unlock);
		assertThat(CompletableFuture.supplyAsync(this.lock::tryLock).join()).as("it is free").isTrue();
	}

}
