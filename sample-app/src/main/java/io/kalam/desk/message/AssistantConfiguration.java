package io.kalam.desk.message;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The time in which the assistant speaks. It stands still in tests.
 */
@Configuration(proxyBeanMethods = false)
class AssistantConfiguration {

	@Bean
	Scheduler assistantScheduler() {
		return Schedulers.parallel();
	}

}
