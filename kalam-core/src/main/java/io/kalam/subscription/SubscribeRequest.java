package io.kalam.subscription;

import java.util.List;

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
 */
public record SubscribeRequest(String id, String sql, List<@Nullable Object> params, boolean snapshot, int batchSize,
		int lastRows, @Nullable String from, @Nullable String epoch, boolean snapshotIfExpired, boolean pull) {

	/**
	 * The most rows that a batch may hold, and how many it holds unless said otherwise.
	 */
	public static final int MAX_BATCH_SIZE = 1000;

}
