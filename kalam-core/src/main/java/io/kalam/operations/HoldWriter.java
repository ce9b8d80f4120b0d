package io.kalam.operations;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.kalam.change.Row;
import io.kalam.event.EventMessage;
import io.kalam.partition.LiveTable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * Writes which events are held, one transaction at a time: what has come up in the
 * meantime is in the next one, many events in a message. What is written is what holds at
 * that moment, so that nothing older comes behind something newer. What could not be
 * written is written later. Thread-safe.
 */
final class HoldWriter implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(HoldWriter.class);

	private final EventWriter writer;

	private final String holder;

	private final Function<HeldKey, @Nullable AdmittedEvent> held;

	private final Scheduler scheduler;

	private Map<HeldKey, Write> waiting = new LinkedHashMap<>();

	private boolean writing;

	private boolean failing;

	HoldWriter(EventWriter writer, String holder, Function<HeldKey, @Nullable AdmittedEvent> held,
			Scheduler scheduler) {
		this.writer = writer;
		this.holder = holder;
		this.held = held;
		this.scheduler = scheduler;
	}

	/**
	 * Looks whether an event is small enough.
	 * @return how large a message of it is, in bytes
	 * @throws io.kalam.event.InvalidEventException if it is too large
	 */
	int check(AdmittedEvent event) {
		return this.writer.check(event.stream(), EventMessage.hold(List.of(event.row()), this.holder));
	}

	/**
	 * Writes whether an event is held. Begins at once.
	 * @param event the event
	 * @return completes when that is committed
	 */
	Mono<Void> write(AdmittedEvent event) {
		Write write;
		synchronized (this) {
			write = this.waiting.computeIfAbsent(HeldKey.of(event), (key) -> new Write(event, Sinks.empty()));
		}
		next();
		return write.written().asMono();
	}

	/**
	 * Writes what could not be written.
	 */
	void retry() {
		next();
	}

	private void next() {
		Map<HeldKey, Write> batch;
		synchronized (this) {
			if (this.writing || this.waiting.isEmpty()) {
				return;
			}
			this.writing = true;
			batch = this.waiting;
			this.waiting = new LinkedHashMap<>();
		}
		Flux.defer(() -> Flux.fromIterable(parts(batch)))
			.concatMap((part) -> this.writer.write(part.stream, part.message(this.holder)))
			.subscribeOn(this.scheduler)
			.subscribe((nothing) -> {
			}, (ex) -> failed(batch, ex), () -> written(batch));
	}

	private List<Part> parts(Map<HeldKey, Write> batch) {
		List<Part> parts = new ArrayList<>();
		batch.forEach((key, write) -> {
			AdmittedEvent event = this.held.apply(key);
			add(parts, event != null, (event != null) ? event : write.event());
		});
		return parts;
	}

	private void add(List<Part> parts, boolean holds, AdmittedEvent event) {
		int size = check(event);
		for (Part part : parts) {
			if (part.holds == holds && part.stream.equals(event.stream()) && part.add(event.row(), size)) {
				return;
			}
		}
		Part part = new Part(event.stream(), holds);
		part.add(event.row(), size);
		parts.add(part);
	}

	private void written(Map<HeldKey, Write> batch) {
		synchronized (this) {
			this.writing = false;
			this.failing = false;
		}
		batch.values().forEach((write) -> write.written().tryEmitEmpty());
		next();
	}

	private void failed(Map<HeldKey, Write> batch, Throwable ex) {
		synchronized (this) {
			this.writing = false;
			if (!this.failing) {
				logger.warn("Events that clients hold could not be written, which is tried again: {}", ex.toString());
			}
			this.failing = true;
			batch.forEach((key, write) -> this.waiting.putIfAbsent(key, new Write(write.event(), Sinks.empty())));
		}
		batch.values().forEach((write) -> write.written().tryEmitError(ex));
	}

	@Override
	public synchronized void close() {
		this.waiting.clear();
		this.writing = true;
	}

	private record Write(AdmittedEvent event, Sinks.Empty<Void> written) {

	}

	/**
	 * Events that fit into a message.
	 */
	private static final class Part {

		private final LiveTable stream;

		private final boolean holds;

		private final List<Row> rows = new ArrayList<>();

		private int size;

		Part(LiveTable stream, boolean holds) {
			this.stream = stream;
			this.holds = holds;
		}

		boolean add(Row row, int size) {
			if (this.size > 0 && this.size + size > EventWriter.MAX_BYTES) {
				return false;
			}
			this.size += size;
			return this.rows.add(row);
		}

		EventMessage message(String holder) {
			return this.holds ? EventMessage.hold(this.rows, holder) : EventMessage.release(this.rows, holder);
		}

	}

}
