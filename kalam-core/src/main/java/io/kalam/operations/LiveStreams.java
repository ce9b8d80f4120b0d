package io.kalam.operations;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import io.kalam.pipeline.PipelineStatus;
import reactor.core.publisher.Flux;

/**
 * The open streams of this process, and whether they may tell anything. May be used by
 * any thread.
 */
final class LiveStreams implements AutoCloseable {

	private final Set<StreamSubscription<?>> open = ConcurrentHashMap.newKeySet();

	private volatile State state = State.WAITING;

	/**
	 * A stream, for any number of subscribers.
	 * @param request what each of them asks for
	 * @param translator makes what tells them
	 * @param <E> what it tells
	 */
	<E> Flux<E> stream(StreamRequest request, Supplier<StreamTranslator<E>> translator) {
		return Flux.from((subscriber) -> {
			StreamSubscription<E> subscription = new StreamSubscription<>(this, request, translator.get(), subscriber);
			this.open.add(subscription);
			subscription.begin();
		});
	}

	/**
	 * Follows what the pipeline does.
	 * @param status what it does
	 */
	void follow(PipelineStatus status) {
		switch (status.state()) {
			case STREAMING, DEGRADED, IDLE -> change(State.TELLING);
			case STANDBY -> change(State.WAITING);
			default -> {
			}
		}
	}

	private synchronized void change(State next) {
		if (this.state != State.CLOSED && this.state != next) {
			this.state = next;
			this.open.forEach(StreamSubscription::drain);
		}
	}

	State state() {
		return this.state;
	}

	/**
	 * How many streams are open.
	 */
	int count() {
		return this.open.size();
	}

	void remove(StreamSubscription<?> subscription) {
		this.open.remove(subscription);
	}

	/**
	 * Completes all streams, and those that are subscribed to later. Idempotent.
	 */
	@Override
	public void close() {
		change(State.CLOSED);
	}

	/**
	 * Whether streams may tell anything.
	 */
	enum State {

		/** Changes are not streamed by this process, now. */
		WAITING,

		/** Changes are streamed. */
		TELLING,

		/** The application stops. */
		CLOSED

	}

}
