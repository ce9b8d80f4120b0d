package io.kalam.operations;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionSession;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Schedulers;

/**
 * One subscriber of a stream. Whatever happens to it is done by one drain at a time, on a
 * thread that may be blocked: the journal is read there, and the subscriber called. The
 * session is polled for no more than what was requested.
 *
 * @param <E> what the stream tells
 */
final class StreamSubscription<E> implements Subscription {

	private static final Duration MARKS = Duration.ofSeconds(10);

	private final LiveStreams streams;

	private final StreamRequest request;

	private final StreamTranslator<E> translator;

	private final Subscriber<? super E> subscriber;

	private final AtomicLong requested = new AtomicLong();

	private final AtomicInteger drains = new AtomicInteger();

	private final Deque<E> ready = new ArrayDeque<>();

	private final Disposable.Swap marks = Disposables.swap();

	private @Nullable SubscriptionSession session;

	private boolean begun;

	private volatile boolean markDue;

	private volatile boolean ended;

	private volatile @Nullable Throwable failure;

	StreamSubscription(LiveStreams streams, StreamRequest request, StreamTranslator<E> translator,
			Subscriber<? super E> subscriber) {
		this.streams = streams;
		this.request = request;
		this.translator = translator;
		this.subscriber = subscriber;
	}

	void begin() {
		this.subscriber.onSubscribe(this);
		this.marks.update(Schedulers.parallel()
			.schedulePeriodically(this::mark, MARKS.toMillis(), MARKS.toMillis(), TimeUnit.MILLISECONDS));
		drain();
	}

	@Override
	public void request(long count) {
		if (count <= 0) {
			this.failure = new IllegalArgumentException("A request is for at least one: " + count);
		}
		else {
			this.requested.accumulateAndGet(count, Operators::addCap);
		}
		drain();
	}

	@Override
	public void cancel() {
		this.ended = true;
		drain();
	}

	private void mark() {
		this.markDue = true;
		drain();
	}

	/**
	 * Has done what is due, on another thread, after what is being done.
	 */
	void drain() {
		if (this.drains.getAndIncrement() == 0) {
			try {
				Schedulers.boundedElastic().schedule(this::run);
			}
			catch (RejectedExecutionException ex) {
				this.ended = true;
				release();
			}
		}
	}

	private void run() {
		int missed = this.drains.get();
		do {
			step();
			missed = this.drains.addAndGet(-missed);
		}
		while (missed != 0);
	}

	private void step() {
		if (!this.ended) {
			try {
				tell();
			}
			catch (RuntimeException ex) {
				end(ex);
			}
		}
		if (this.ended) {
			release();
		}
	}

	private void tell() {
		Throwable wrong = this.failure;
		if (wrong != null) {
			end(wrong);
		}
		switch (this.streams.state()) {
			case CLOSED -> end(null);
			case WAITING -> pause();
			case TELLING -> {
				markIfDue(open());
				emit();
			}
		}
	}

	private SubscriptionSession open() {
		if (this.session == null) {
			this.session = this.request.open(this::drain, this.translator.cursor(), this.begun);
			this.begun = true;
		}
		return this.session;
	}

	private void markIfDue(SubscriptionSession current) {
		if (this.markDue) {
			this.markDue = false;
			current.mark();
		}
	}

	private void emit() {
		long wanted = this.requested.get();
		long told = 0;
		while (told < wanted && !this.ended && this.streams.state() == LiveStreams.State.TELLING) {
			E next = next();
			if (next == null) {
				break;
			}
			told++;
			this.subscriber.onNext(next);
		}
		if (told > 0 && wanted != Long.MAX_VALUE) {
			this.requested.addAndGet(-told);
		}
	}

	private @Nullable E next() {
		while (this.ready.isEmpty()) {
			SubscriptionEvent event = (this.session != null) ? this.session.poll() : null;
			if (event == null) {
				return null;
			}
			if (event instanceof SubscriptionEvent.Failed failed) {
				throw RealtimeStreamException.of(failed.code(), failed.message());
			}
			this.translator.translate(event, this.ready::add);
		}
		return this.ready.remove();
	}

	private void end(@Nullable Throwable cause) {
		if (this.ended) {
			return;
		}
		this.ended = true;
		release();
		if (cause != null) {
			this.subscriber.onError(cause);
		}
		else {
			this.subscriber.onComplete();
		}
	}

	private void pause() {
		if (this.session != null) {
			closeSession();
			this.translator.interrupted();
		}
	}

	private void closeSession() {
		if (this.session != null) {
			this.session.close();
			this.session = null;
		}
	}

	private void release() {
		this.marks.dispose();
		this.ready.clear();
		this.streams.remove(this);
		closeSession();
	}

}
