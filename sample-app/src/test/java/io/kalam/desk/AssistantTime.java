package io.kalam.desk;

import java.time.Duration;

import reactor.core.scheduler.Scheduler;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A time in which the assistant speaks only when a test says so.
 */
@TestConfiguration(proxyBeanMethods = false)
class AssistantTime {

	private static final Duration PACE = Duration.ofSeconds(1);

	private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();

	@Bean
	@Primary
	Scheduler virtualScheduler() {
		return this.scheduler;
	}

	/**
	 * Has each answer that is being made go on by a word, if it has come to wait for
	 * that.
	 */
	void tick() {
		this.scheduler.advanceTimeBy(PACE);
	}

}
