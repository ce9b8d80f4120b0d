package io.kalam.subscription;

import java.util.List;

import io.kalam.query.Delivery;
import io.kalam.query.SubscribeOptions;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to follow.
 *
 * @param id the client's name for it
 * @param sql the live query
 * @param params the values of {@code $1}…: strings, numbers, booleans, nulls and lists of
 * those
 * @param snapshot whether the rows are wanted first; if not, and without a cursor, only
 * what changes from now on
 * @param batchSize how many rows a batch of the snapshot holds
 * @param lastRows how many of the newest rows are wanted, 0 for all
 * @param from the cursor after which to go on, or {@code null}
 * @param epoch the epoch under which the cursor was obtained, or {@code null}
 * @param snapshotIfExpired whether a cursor that can't be continued is answered with a
 * snapshot, not an error
 * @param pull whether each batch after the first waits until it is asked for
 * @param deliver what it is told of changes that wait for the client
 */
public record SubscribeRequest(String id, String sql, List<@Nullable Object> params, boolean snapshot, int batchSize,
		int lastRows, @Nullable String from, @Nullable String epoch, boolean snapshotIfExpired, boolean pull,
		Delivery deliver) {

	/**
	 * The most rows that a batch may hold, and how many it holds unless said otherwise.
	 */
	public static final int MAX_BATCH_SIZE = 1000;

	/**
	 * What a client wants to follow, every change of it.
	 * @param id the client's name for it
	 * @param sql the live query
	 * @param params the values of {@code $1}…
	 * @param snapshot whether the rows are wanted first
	 * @param batchSize how many rows a batch of the snapshot holds
	 * @param lastRows how many of the newest rows are wanted, 0 for all
	 * @param from the cursor after which to go on, or {@code null}
	 * @param epoch the epoch under which the cursor was obtained, or {@code null}
	 * @param snapshotIfExpired whether a cursor that can't be continued is answered with
	 * a snapshot, not an error
	 * @param pull whether each batch after the first waits until it is asked for
	 */
	public SubscribeRequest(String id, String sql, List<@Nullable Object> params, boolean snapshot, int batchSize,
			int lastRows, @Nullable String from, @Nullable String epoch, boolean snapshotIfExpired, boolean pull) {
		this(id, sql, params, snapshot, batchSize, lastRows, from, epoch, snapshotIfExpired, pull, Delivery.ALL);
	}

	/**
	 * Whether of changes that wait only the last of each row is wanted.
	 */
	boolean isLatest() {
		return this.deliver == Delivery.LATEST;
	}

	/**
	 * The request with the options that are written in its SQL.
	 * @param options the options in the SQL
	 * @return the request
	 * @throws SubscriptionFailure if they contradict those that came with the SQL
	 */
	SubscribeRequest with(SubscribeOptions options) {
		if (!options.given()) {
			return this;
		}
		Integer rows = options.lastRows();
		Integer size = options.batchSize();
		check("last_rows", rows, (this.lastRows != 0) ? this.lastRows : null);
		check("batch_size", size, (this.batchSize != MAX_BATCH_SIZE) ? this.batchSize : null);
		check("from", options.from(), this.from);
		check("deliver", options.deliver(), (this.deliver != Delivery.ALL) ? this.deliver : null);
		if (size != null && size > MAX_BATCH_SIZE) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SQL, "batch_size is a number from 1 to " + MAX_BATCH_SIZE);
		}
		return new SubscribeRequest(this.id, this.sql, this.params, true, (size != null) ? size : this.batchSize,
				(rows != null) ? rows : this.lastRows, (options.from() != null) ? options.from() : this.from,
				this.epoch, this.snapshotIfExpired, this.pull,
				(options.deliver() != null) ? options.deliver() : this.deliver);
	}

	private static void check(String name, @Nullable Object inSql, @Nullable Object inMessage) {
		boolean contradiction = inSql != null && inMessage != null && !inSql.equals(inMessage);
		if (contradiction) {
			throw new SubscriptionFailure(ErrorCode.INVALID_SQL, "The option " + name + " is " + inSql
					+ " in the SQL and " + inMessage + " in the message; give it once");
		}
	}

}
