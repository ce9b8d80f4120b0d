package io.kalam.subscription;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

}
