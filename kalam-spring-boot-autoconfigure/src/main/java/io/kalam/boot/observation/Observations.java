package io.kalam.boot.observation;

import java.util.function.BiConsumer;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Makes the observations of one kind.
 *
 * @param <C> what is known of the work
 * @param registry takes the observations
 * @param own the application's convention, if it has one
 * @param standard ours
 */
record Observations<C extends KalamObservationContext>(ObservationRegistry registry,
		@Nullable ObservationConvention<C> own, ObservationConvention<C> standard) {

	/**
	 * The key under which Micrometer's own operators keep an observation.
	 */
	private static final String KEY = "micrometer.observation";

	boolean isOff() {
		return this.registry.isNoop();
	}

	Observation create(C context) {
		return Observation.createNotStarted(this.own, this.standard, () -> context, this.registry);
	}

	/**
	 * Observes work from its subscription to its end, whichever that is, as a child of
	 * what the subscriber is observed in.
	 * @param contexts makes what is known of it
	 * @param work the work
	 * @param done notes the result
	 * @param failed notes the failure
	 */
	<T> Mono<T> observe(Supplier<C> contexts, Mono<T> work, BiConsumer<C, T> done, BiConsumer<C, Throwable> failed) {
		return Mono.deferContextual((view) -> {
			C context = contexts.get();
			Observation observation = child(context, view).start();
			return work.doOnNext((result) -> done.accept(context, result)).doOnError((ex) -> {
				failed.accept(context, ex);
				observation.error(ObservedFailure.of(ex));
			}).doFinally((signal) -> observation.stop()).contextWrite((inner) -> inner.put(KEY, observation));
		});
	}

	private Observation child(C context, ContextView view) {
		Observation observation = create(context);
		Observation parent = view.getOrDefault(KEY, null);
		return (parent != null) ? observation.parentObservation(parent) : observation;
	}

}
