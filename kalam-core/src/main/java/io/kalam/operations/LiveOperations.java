package io.kalam.operations;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

import io.kalam.access.AccessDecider;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.catalog.TableReference;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.subscription.SubscriptionEngine;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.util.Assert;

/**
 * Operations on the engine of this process. Tell it what the pipeline does: before that,
 * streams wait.
 */
public final class LiveOperations implements RealtimeOperations, AutoCloseable {

	private final SubscriptionEngine engine;

	private final OwnerPurge purge;

	private final EntityMapping mapping;

	private final RowReaders readers;

	private final EventEmitter emitter;

	private final LiveStreams streams = new LiveStreams();

	/**
	 * Operations.
	 * @param engine what clients subscribe to
	 * @param heartbeat the position of a message in the database's log, behind everything
	 * that was committed before the subscription
	 * @param mapping knows how the application's classes are stored
	 * @param log writes events
	 */
	public LiveOperations(SubscriptionEngine engine, Supplier<Mono<Lsn>> heartbeat, EntityMapping mapping,
			EventLog log) {
		this.engine = engine;
		this.emitter = new EventEmitter(engine.tables(), mapping, log);
		this.purge = new OwnerPurge(engine.tables(), engine.journal(), engine.hub(), heartbeat);
		this.mapping = mapping;
		this.readers = new RowReaders(mapping);
	}

	@Override
	public <T> Flux<RealtimeEvent<T>> changes(Class<T> type, RealtimeOptions options) {
		TableReference table = this.mapping.table(type);
		Assert.notNull(table, () -> type.getName()
				+ " is no entity that Spring Data R2DBC or JPA knows; use live(type, \"SELECT … FROM …\")");
		String schema = (table.schema() != null) ? TableName.quote(table.schema()) + '.' : "";
		String sql = "SELECT * FROM " + schema + TableName.quote(table.name());
		return events(type, new StreamRequest(engine(SubscriptionEngine.NEVER), options, sql, List.of(), false));
	}

	@Override
	public <T> Flux<RealtimeEvent<T>> live(Class<T> type, RealtimeOptions options, String sql,
			@Nullable Object... params) {
		return events(type, request(options, sql, params));
	}

	@Override
	public <T> Flux<List<T>> rows(Class<T> type, RealtimeOptions options, String sql, @Nullable Object... params) {
		StreamRequest request = request(options.from(null), sql, params);
		return this.streams.stream(request, () -> new RowLists<>(this.readers, type));
	}

	private <T> Flux<RealtimeEvent<T>> events(Class<T> type, StreamRequest request) {
		boolean resumed = request.options().from() != null;
		return this.streams.stream(request, () -> new RowEvents<>(this.readers, type, resumed));
	}

	private StreamRequest request(RealtimeOptions options, String sql, @Nullable Object[] params) {
		return new StreamRequest(engine(this.engine.collapseAfter()), options, sql, Arrays.asList(params.clone()),
				true);
	}

	private SubscriptionEngine engine(long collapseAfter) {
		return this.engine.with(AccessDecider.TRUSTING, collapseAfter);
	}

	@Override
	public Mono<Void> emit(Object event) {
		return this.emitter.write(event, false);
	}

	@Override
	public Mono<Void> retract(Object event) {
		return this.emitter.write(event, true);
	}

	@Override
	public Mono<Void> purge(String owner) {
		return this.purge.purge(owner);
	}

	/**
	 * Follows what the pipeline does.
	 * @param status what it does
	 */
	public void follow(PipelineStatus status) {
		this.streams.follow(status);
	}

	/**
	 * How many streams are open.
	 * @return the number of subscribers
	 */
	public int streamCount() {
		return this.streams.count();
	}

	/**
	 * Completes all streams. Idempotent.
	 */
	@Override
	public void close() {
		this.streams.close();
	}

}
