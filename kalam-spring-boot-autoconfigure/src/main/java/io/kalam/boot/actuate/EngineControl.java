package io.kalam.boot.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

import io.kalam.catalog.DatabaseUnavailableException;
import io.kalam.catalog.OwnedObjects;
import io.kalam.partition.LiveTable;
import io.kalam.partition.RealtimeTables;
import io.kalam.pipeline.RealtimePipeline;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * What an operator may have done. Blocks.
 */
final class EngineControl {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final Retry UNTIL_RELEASED = Retry.fixedDelay(20, Duration.ofMillis(250))
		.filter((ex) -> ex instanceof DatabaseUnavailableException)
		.onRetryExhaustedThrow((retry, signal) -> signal.failure());

	private final RealtimePipeline pipeline;

	private final RealtimeTables tables;

	private final OwnedObjects objects;

	private final String slot;

	private final @Nullable ToIntFunction<String> sockets;

	/**
	 * A control.
	 * @param pipeline the pipeline
	 * @param tables the realtime tables
	 * @param objects what is ours in the database
	 * @param slot the name of the slot
	 * @param sockets closes the sockets of a user and says how many there were,
	 * {@code null} where there are none
	 */
	EngineControl(RealtimePipeline pipeline, RealtimeTables tables, OwnedObjects objects, String slot,
			@Nullable ToIntFunction<String> sockets) {
		this.pipeline = pipeline;
		this.tables = tables;
		this.objects = objects;
		this.slot = slot;
		this.sockets = sockets;
	}

	/**
	 * Has every client of a table read it anew, connected or not.
	 */
	List<String> resync(String name) {
		int dot = name.indexOf('.');
		LiveTable table = (dot > 0) ? this.tables.resolve(name.substring(0, dot), name.substring(dot + 1))
				: this.tables.resolve(null, name);
		if (table == null) {
			throw new RefusedRequestException("There is no realtime table " + name + ". There are: "
					+ this.tables.all().stream().map(LiveTable::name).toList() + ".");
		}
		if (table.isStream()) {
			throw new RefusedRequestException(table.name()
					+ " is a stream: its events are in no table that could be read anew, and end by themselves.");
		}
		this.objects.republish(table.name());
		this.pipeline.refresh().block(PATIENCE);
		return List.of("Every client of " + table.name() + " reads a new snapshot; cursors from before are refused.");
	}

	/**
	 * Closes the sockets of a user.
	 */
	List<String> disconnect(String user) {
		int closed = (this.sockets != null) ? this.sockets.applyAsInt(user) : 0;
		return List.of(closed + " sockets of the user were closed in this process, with code 4401: the user may come "
				+ "back with a token that is valid.");
	}

	/**
	 * Stops capture and removes what is ours in the database. If that fails, capture is
	 * started again.
	 */
	List<String> decommission(String name) {
		if (!name.equals(this.slot)) {
			throw new RefusedRequestException("The slot of this application is " + this.slot + ", not " + name + ".");
		}
		this.pipeline.stop();
		List<String> done = new ArrayList<>(List.of("Capture was stopped."));
		done.addAll(remove());
		done.add("Take the dependency out, or set kalam.enabled=false: the next start would make it all again.");
		return done;
	}

	private List<String> remove() {
		try {
			List<String> removed = Mono.fromCallable(this.objects::remove)
				.subscribeOn(Schedulers.boundedElastic())
				.retryWhen(UNTIL_RELEASED)
				.block(PATIENCE);
			return (removed != null) ? removed : List.of();
		}
		catch (RuntimeException ex) {
			this.pipeline.startLeniently();
			throw ex;
		}
	}

}
