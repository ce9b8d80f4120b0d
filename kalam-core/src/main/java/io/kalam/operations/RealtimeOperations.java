package io.kalam.operations;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What an application can have done to its realtime tables, and how its own code follows
 * them. The code of the application is trusted: it may read the rows of all owners.
 * <p>
 * <b>Streams.</b> Each subscriber of a stream has a subscription of its own, with the
 * guarantees of the socket: snapshot and stream together are the table, commits come
 * whole and in order, a cursor is continued exactly or refused. Memory is bounded: an
 * event is made when it is requested, and a subscriber who is slow is fed from the
 * journal at its own pace. Nothing is lost by that as long as the journal keeps it; a
 * subscriber who falls behind the journal gets a {@link RealtimeEvent.Reset}.
 * <p>
 * Events come on threads of {@link reactor.core.scheduler.Schedulers#boundedElastic()},
 * one at a time and in order; the subscriber may block there. A stream ends with
 * {@link RealtimeStreamException} if it is refused or can't be kept up, and completes
 * when the application stops. It waits, without an event, until changes are streamed by
 * this process: before the application has started, and while the process stands by; then
 * it goes on from where it was, or with a reset. Cancelling releases everything, at once.
 * <p>
 * Rows become objects of any class: records, classes with a constructor for all
 * properties, or with one without arguments, whose fields are set. Columns are found by
 * the names that the entity's mapping gives them; those of a class that nobody maps by
 * the property's name, or by the same in snake_case.
 */
public interface RealtimeOperations {

	/**
	 * Follows what is changed in an entity's table from now on, for all owners.
	 * @param type the entity
	 * @param <T> the entity
	 * @return the changes
	 */
	default <T> Flux<RealtimeEvent<T>> changes(Class<T> type) {
		return changes(type, RealtimeOptions.all());
	}

	/**
	 * Follows what is changed in an entity's table: from the cursor on if there is one,
	 * else from now on. Every commit is told, however many were missed.
	 * @param type the entity
	 * @param options whose rows, and from where on
	 * @param <T> the entity
	 * @return the changes; ends with {@link CursorExpiredException} if the cursor can't
	 * be continued and the options don't ask for a snapshot then
	 * @throws IllegalArgumentException if the class is no entity
	 */
	<T> Flux<RealtimeEvent<T>> changes(Class<T> type, RealtimeOptions options);

	/**
	 * The rows of a query and what becomes of them, for all owners.
	 * @param type what the rows become
	 * @param sql a live query, as clients write them
	 * @param params the values of {@code $1} and so on: strings, numbers, booleans, nulls
	 * and lists of those
	 * @param <T> what the rows become
	 * @return a snapshot, and then the changes
	 */
	default <T> Flux<RealtimeEvent<T>> live(Class<T> type, String sql, @Nullable Object... params) {
		return live(type, RealtimeOptions.all(), sql, params);
	}

	/**
	 * The rows of a query and what becomes of them: a snapshot and then the changes, or
	 * the changes from the cursor on if there is one.
	 * @param type what the rows become
	 * @param options whose rows, and from where on
	 * @param sql a live query, as clients write them; {@code CURRENT_USER} is the owner
	 * @param params the values of {@code $1} and so on: strings, numbers, booleans, nulls
	 * and lists of those
	 * @param <T> what the rows become
	 * @return the rows and the changes; ends with {@link CursorExpiredException} if the
	 * cursor can't be continued and the options don't ask for a snapshot then
	 */
	<T> Flux<RealtimeEvent<T>> live(Class<T> type, RealtimeOptions options, String sql, @Nullable Object... params);

	/**
	 * What a query returns, again and again: once when the snapshot is there, and after
	 * each commit that changes it. Holds the rows in memory. In the order of the query,
	 * or else in the order in which the rows have come. A cursor in the options is not
	 * used: the rows are read first.
	 * @param type what the rows become
	 * @param options whose rows
	 * @param sql a live query, as clients write them; {@code CURRENT_USER} is the owner
	 * @param params the values of {@code $1} and so on: strings, numbers, booleans, nulls
	 * and lists of those
	 * @param <T> what the rows become
	 * @return all rows, each time; the lists can't be changed
	 */
	<T> Flux<List<T>> rows(Class<T> type, RealtimeOptions options, String sql, @Nullable Object... params);

	/**
	 * Tells an event of a {@link io.kalam.RealtimeTableType#STREAM}. It is told in the
	 * transaction that is open where the result is subscribed to (reactive, or the
	 * thread's own for JDBC and JPA): to nobody if that is rolled back, else at its place
	 * among the transaction's other changes. Without one it is a transaction of its own.
	 * @param event an object of a class that is a stream
	 * @return completes when it is written; nothing is done before the subscription.
	 * Fails with {@link io.kalam.event.InvalidEventException} if it is no event
	 */
	Mono<Void> emit(Object event);

	/**
	 * Tells that an event ends before its time, as {@link #emit} tells it. One that
	 * doesn't live is no error.
	 * @param event an event with the same key
	 * @return completes when it is written
	 */
	Mono<Void> retract(Object event);

	/**
	 * Forgets what history holds of an owner, in every table that has owners: for the
	 * right to be forgotten. Delete the owner's rows and commit first; all that was
	 * committed before the call is covered. The owner's open subscriptions are reset and
	 * told to forget their rows at once, and read new snapshots; cursors from before are
	 * refused with {@code CURSOR_EXPIRED}, also after a restart. So are those of streams
	 * of all owners. Owners of whom nothing is known are no error, and to do it again
	 * does no harm.
	 * <p>
	 * It is the history of this process that is purged. A process that stands by has none
	 * to purge, and can't do it.
	 * @param owner who it is, as the token's claim says
	 * @return completes when nothing is left, which is durable; fails with
	 * {@link io.kalam.catalog.DatabaseUnavailableException} if changes are not streamed
	 * here now, and with {@link io.kalam.operations.PurgeDelayedException} if they are
	 * behind for longer than a minute. Nothing is purged then
	 */
	Mono<Void> purge(String owner);

}
