package io.kalam.snapshot.r2dbc;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.kalam.catalog.PostgresSettings;
import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import io.kalam.snapshot.SnapshotException;
import io.kalam.snapshot.SnapshotReader;
import io.kalam.snapshot.SnapshotRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reads snapshots over a few R2DBC connections of its own. Writers are never blocked, no
 * lock is stronger than a SELECT's or held longer than a read.
 * <p>
 * Equal requests share a read from the moment it is asked for until it has ended. That is
 * exact, because whoever gets a snapshot follows the stream from what that snapshot has
 * seen, not from when it was asked for. A read is cancelled, in the database too, when
 * everybody who waited for it has cancelled.
 */
public final class R2dbcSnapshotReader implements SnapshotReader {

	private static final Duration GRACE = Duration.ofSeconds(1);

	private static final AtomicInteger THREADS = new AtomicInteger();

	private final SnapshotSettings settings;

	private final Supplier<Sequence> horizon;

	private final SnapshotConnections connections;

	private final ThreadPoolExecutor executor;

	/**
	 * Knows the executor as something that executes and no more, so that a cancellation
	 * interrupts nothing: an interrupt would close the file that the thread reads from.
	 */
	private final Scheduler scheduler;

	private final Map<SnapshotRequest, Flight> flights = new ConcurrentHashMap<>();

	private final Set<Spool> spools = ConcurrentHashMap.newKeySet();

	private volatile boolean closed;

	/**
	 * A reader on connections of its own.
	 * @param postgres where the database is
	 * @param settings how to read
	 * @param horizon tells a position up to which everything can be seen by every
	 * snapshot that is taken from now on
	 */
	public R2dbcSnapshotReader(PostgresSettings postgres, SnapshotSettings settings, Supplier<Sequence> horizon) {
		this.settings = settings;
		this.horizon = horizon;
		this.connections = new SnapshotConnections(PostgresConnections.factory(postgres, settings), settings);
		this.executor = new ThreadPoolExecutor(settings.maxConcurrent(), settings.maxConcurrent(), 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), R2dbcSnapshotReader::thread);
		this.executor.allowCoreThreadTimeOut(true);
		this.scheduler = Schedulers.fromExecutor((task) -> this.executor.execute(task));
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "kalam-snapshot-" + THREADS.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public Mono<Snapshot> read(SnapshotRequest request) {
		return Mono.create((sink) -> join(request, sink));
	}

	private void join(SnapshotRequest request, MonoSink<Snapshot> sink) {
		boolean joined = false;
		while (!joined && !this.closed) {
			Flight flight = this.flights.computeIfAbsent(request, this::flight);
			joined = flight.join(sink);
			if (!joined) {
				this.flights.remove(request, flight);
			}
		}
		if (!joined) {
			sink.error(closedException());
		}
		if (this.closed) {
			abort();
		}
	}

	private Flight flight(SnapshotRequest request) {
		Spool spool = new Spool(this.settings.memory(), this.settings.directory());
		this.spools.add(spool);
		return new Flight(spool, read(request, spool), this.scheduler, (flight) -> this.flights.remove(request, flight),
				() -> discard(spool));
	}

	private Flux<Moment> read(SnapshotRequest request, Spool spool) {
		SnapshotFailure failure = new SnapshotFailure(request.query().table().name(), this.settings);
		return Flux.defer(() -> {
			SnapshotTransaction transaction = new SnapshotTransaction(request, spool, this.scheduler, this.horizon);
			return this.connections
				.use((connection) -> transaction.run(connection).timeout(this.settings.queryTimeout().plus(GRACE)));
		}).onErrorResume((ex) -> Flux.<Moment>error(failure.translate(ex)).subscribeOn(this.scheduler));
	}

	private void discard(Spool spool) {
		this.spools.remove(spool);
		try {
			this.executor.execute(spool::close);
		}
		catch (RejectedExecutionException ex) {
			spool.close();
		}
	}

	/**
	 * How many results are being read or held.
	 * @return the number of them
	 */
	int open() {
		return this.spools.size();
	}

	/**
	 * How many connections are open.
	 * @return the number of them
	 */
	int connections() {
		return this.connections.size();
	}

	/**
	 * Ends all reads with an error and gives back all results, released or not.
	 */
	@Override
	public void close() {
		this.closed = true;
		abort();
		this.spools.forEach(this::discard);
		this.executor.shutdown();
		this.connections.close();
	}

	private void abort() {
		this.flights.values().forEach((flight) -> flight.fail(closedException()));
	}

	private static SnapshotException closedException() {
		return new SnapshotException("The snapshot reader is closed");
	}

}
