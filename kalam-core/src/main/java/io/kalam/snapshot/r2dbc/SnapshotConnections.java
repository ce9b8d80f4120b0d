package io.kalam.snapshot.r2dbc;

import java.time.Duration;
import java.util.function.Function;

import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.api.PostgresqlException;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.Result;
import io.r2dbc.spi.ValidationDepth;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.pool.InstrumentedPool;
import reactor.pool.PoolBuilder;
import reactor.pool.PooledRef;

/**
 * A few connections, opened when they are needed and closed when they are not. Whoever
 * comes first gets one first. What comes out of the work is handed on before its
 * transaction has ended. A connection goes back only if it is known to be outside a
 * transaction; after a cancellation what runs on it is cancelled in the database and the
 * connection is closed.
 */
final class SnapshotConnections implements AutoCloseable {

	private static final Duration CLEAN_UP = Duration.ofSeconds(5);

	private final InstrumentedPool<Connection> pool;

	private final Duration acquireTimeout;

	SnapshotConnections(ConnectionFactory factory, SnapshotSettings settings) {
		this.acquireTimeout = settings.acquireTimeout();
		Duration idle = settings.idleTimeout();
		this.pool = PoolBuilder.<Connection>from(Mono.<Connection>from(factory.create()).timeout(this.acquireTimeout))
			.sizeBetween(0, settings.maxConcurrent())
			.destroyHandler((connection) -> Mono.from(connection.close()))
			.evictionPredicate((connection, metadata) -> metadata.idleTime() >= idle.toMillis() || isLost(connection))
			.evictInBackground(idle.dividedBy(2))
			.buildPool();
	}

	private static boolean isLost(Connection connection) {
		return !Mono.from(connection.validate(ValidationDepth.LOCAL)).toFuture().getNow(false);
	}

	/**
	 * Works with a connection.
	 * @param <T> what comes out of it
	 * @param work what to do; if it succeeds, it leaves the connection in a transaction
	 * that can be committed
	 * @return the outcome of the work, at once; completes when the connection has been
	 * given back
	 */
	<T> Flux<T> use(Function<Connection, Mono<T>> work) {
		return Flux.usingWhen(this.pool.acquire(this.acquireTimeout), (ref) -> work.apply(ref.poolable()),
				(ref) -> end(ref, SnapshotStatements.COMMIT), SnapshotConnections::fail, SnapshotConnections::abandon);
	}

	private static Mono<Void> fail(PooledRef<Connection> ref, Throwable error) {
		if (!(error instanceof PostgresqlException)) {
			return abandon(ref);
		}
		return end(ref, SnapshotStatements.ROLLBACK);
	}

	private static Mono<Void> end(PooledRef<Connection> ref, String statement) {
		return execute(ref.poolable(), statement).timeout(CLEAN_UP)
			.then(Mono.defer(ref::release))
			.onErrorResume((ex) -> abandon(ref));
	}

	private static Mono<Void> execute(Connection connection, String sql) {
		return Mono
			.defer(() -> Flux.from(connection.createStatement(sql).execute()).concatMap(Result::getRowsUpdated).then());
	}

	/**
	 * The driver loses a buffer if a connection is closed while rows arrive on another
	 * thread. When a statement has been answered, those before it have been too.
	 */
	private static Mono<Void> abandon(PooledRef<Connection> ref) {
		Mono<Void> cancel = (ref.poolable() instanceof PostgresqlConnection connection) ? connection.cancelRequest()
				: Mono.empty();
		return cancel.timeout(CLEAN_UP)
			.onErrorComplete()
			.then(Mono.defer(() -> execute(ref.poolable(), SnapshotStatements.ROLLBACK)))
			.timeout(CLEAN_UP)
			.onErrorComplete()
			.then(Mono.defer(ref::invalidate))
			.timeout(CLEAN_UP)
			.onErrorComplete();
	}

	/**
	 * How many connections are open.
	 * @return the number of them
	 */
	int size() {
		return this.pool.metrics().allocatedSize();
	}

	@Override
	public void close() {
		this.pool.disposeLater().onErrorComplete().subscribe();
	}

}
