package io.kalam.boot;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.awaitility.Awaitility;

/**
 * The threads that an engine has, by what they are called.
 */
final class OwnThreads {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private OwnThreads() {
	}

	/**
	 * Waits until all have ended.
	 */
	static void awaitNone() {
		Awaitility.await().atMost(PATIENCE).until(OwnThreads::names, List::isEmpty);
	}

	/**
	 * Those of Kalam and of Debezium, except for the clients of tests.
	 */
	static List<String> names() {
		Thread[] threads = new Thread[Thread.activeCount() * 2 + 16];
		int count = Thread.currentThread().getThreadGroup().enumerate(threads);
		return Stream.of(threads)
			.limit(count)
			.map(Thread::getName)
			.filter((name) -> name.startsWith("kalam-") || name.startsWith("debezium-"))
			.sorted()
			.toList();
	}

}
