package io.kalam.boot;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;

import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.thread.Threading;
import org.springframework.core.env.Environment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Threads on which code of the application may block: virtual ones where
 * {@code spring.threads.virtual.enabled} says so and Java has them. There are no more of
 * them than there may be of the other kind, so that clients that all come at once don't
 * all ask a database at once.
 */
final class BlockingThreads implements AutoCloseable {

	private static final int TOKENS = 16;

	private static final int WAITING = 10_000;

	private static final int IDLE_SECONDS = 60;

	private final boolean virtual;

	private final Map<String, Scheduler> schedulers = new ConcurrentHashMap<>();

	BlockingThreads(Environment environment) {
		this.virtual = Threading.VIRTUAL.isActive(environment);
	}

	/**
	 * Where tokens are verified: apart from everything else, because whoever connects may
	 * send one.
	 */
	Scheduler tokens() {
		return named("kalam-token", TOKENS, WAITING);
	}

	/**
	 * Where policies are asked and events of clients written: as many threads as Reactor
	 * has for what blocks.
	 */
	Scheduler policies() {
		return named("kalam-policy", Schedulers.DEFAULT_BOUNDED_ELASTIC_SIZE,
				Schedulers.DEFAULT_BOUNDED_ELASTIC_QUEUESIZE);
	}

	private Scheduler named(String name, int threads, int waiting) {
		return this.schedulers.computeIfAbsent(name,
				(absent) -> Schedulers.newBoundedElastic(threads, waiting, factory(name + "-"), IDLE_SECONDS));
	}

	private ThreadFactory factory(String prefix) {
		if (this.virtual) {
			return new VirtualThreadTaskExecutor(prefix).getVirtualThreadFactory();
		}
		CustomizableThreadFactory factory = new CustomizableThreadFactory(prefix);
		factory.setDaemon(true);
		return factory;
	}

	@Override
	public void close() {
		this.schedulers.values().forEach(Scheduler::dispose);
	}

}
