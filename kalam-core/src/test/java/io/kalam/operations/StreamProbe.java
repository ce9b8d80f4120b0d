package io.kalam.operations;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A subscriber that asks for as much as it is told to.
 */
final class StreamProbe<E> extends BaseSubscriber<E> implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final BlockingQueue<E> received = new LinkedBlockingQueue<>();

	private final BlockingQueue<Object> ends = new LinkedBlockingQueue<>();

	private final long demand;

	private StreamProbe(long demand) {
		this.demand = demand;
	}

	static <E> StreamProbe<E> of(Flux<E> stream) {
		return of(stream, Long.MAX_VALUE);
	}

	static <E> StreamProbe<E> of(Flux<E> stream, long demand) {
		StreamProbe<E> probe = new StreamProbe<>(demand);
		stream.subscribe(probe);
		return probe;
	}

	@Override
	protected void hookOnSubscribe(Subscription subscription) {
		if (this.demand > 0) {
			request(this.demand);
		}
	}

	@Override
	protected void hookOnNext(E event) {
		this.received.add(event);
	}

	@Override
	protected void hookOnError(Throwable cause) {
		this.ends.add(cause);
	}

	@Override
	protected void hookOnComplete() {
		this.ends.add("completed");
	}

	/**
	 * How many have come and not been taken.
	 */
	int size() {
		return this.received.size();
	}

	E next() {
		try {
			E event = this.received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
			assertThat(event).as("something is told; it ended with %s", this.ends).isNotNull();
			return event;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Takes everything up to the first that is wanted.
	 */
	E until(Predicate<? super E> wanted) {
		E event = next();
		while (!wanted.test(event)) {
			event = next();
		}
		return event;
	}

	E until(Class<?> type) {
		return until(type::isInstance);
	}

	/**
	 * Takes as many as are not of a type.
	 */
	List<E> take(int count, Class<?> without) {
		List<E> taken = new ArrayList<>();
		while (taken.size() < count) {
			E event = next();
			if (!without.isInstance(event)) {
				taken.add(event);
			}
		}
		return taken;
	}

	/**
	 * How the stream ends.
	 */
	Object end() {
		try {
			return this.ends.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		cancel();
	}

}
