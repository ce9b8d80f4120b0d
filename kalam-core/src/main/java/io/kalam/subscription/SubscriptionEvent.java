package io.kalam.subscription;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.kalam.query.LiveQuery;
import io.kalam.sequence.Epoch;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Something that a session has to tell its client, in the order in which it has to be
 * told.
 * <p>
 * Transactions and marks form chains, each naming the sequence of the one before it. The
 * live chain (no {@code id}) advances all live subscriptions of the session. A
 * subscription that is catching up has a chain of its own, until both are marked at the
 * same sequence and it joins.
 */
public sealed interface SubscriptionEvent {

	/**
	 * A subscription has been accepted.
	 *
	 * @param id the subscription
	 * @param query the live query, whose projection describes the rows
	 * @param epoch the epoch of the subscription's cursors
	 * @param resumed whether the cursor is continued
	 * @param snapshot whether batches follow
	 */
	record Acknowledged(String id, LiveQuery query, Epoch epoch, boolean resumed,
			boolean snapshot) implements SubscriptionEvent {

	}

	/**
	 * A part of a snapshot.
	 *
	 * @param id the subscription
	 * @param number the number of the batch, from 0
	 * @param rows the rows, a JSON object in UTF-8 each
	 * @param boundary the greatest sequence such that every commit at or before it is in
	 * the snapshot
	 * @param hasMore whether another batch follows
	 */
	record Batch(String id, int number, List<byte[]> rows, Sequence boundary,
			boolean hasMore) implements SubscriptionEvent {

	}

	/**
	 * A commit, or a part of one that is too large for one event. Where all subscriptions
	 * that it touches want no more than the latest, it may be what several commits come
	 * to.
	 *
	 * @param id the subscription whose own chain this belongs to, {@code null} for the
	 * live chain
	 * @param sequence the commit's sequence, the same in all parts
	 * @param previous the sequence of the event before it in the chain, the same in all
	 * parts; {@code null} if there was none
	 * @param commitTime when it was committed, by the database's clock
	 * @param last whether this is its last part
	 * @param changes its changes in order
	 * @param folded how many changes of a subscription are left out of all parts, because
	 * there were later ones of the same rows; told with the last part, without the
	 * subscriptions of which there are none
	 */
	record Transaction(@Nullable String id, Sequence sequence, @Nullable Sequence previous, Instant commitTime,
			boolean last, List<SubscriptionChange> changes, Map<String, Integer> folded) implements SubscriptionEvent {

	}

	/**
	 * A chain is complete up to a sequence.
	 *
	 * @param id the subscription whose own chain this ends, {@code null} for the live
	 * chain
	 * @param sequence the sequence
	 * @param previous the sequence of the event before it in the chain; {@code null} if
	 * there was none
	 */
	record Mark(@Nullable String id, Sequence sequence, @Nullable Sequence previous) implements SubscriptionEvent {

	}

	/**
	 * What a subscription holds can't be kept up; an {@link Acknowledged} and a snapshot
	 * follow without being asked for.
	 *
	 * @param id the subscription
	 * @param reason why
	 * @param purge whether the rows must be forgotten at once
	 */
	record Reset(String id, Reason reason, boolean purge) implements SubscriptionEvent {

		/**
		 * Why a subscription starts again.
		 */
		public enum Reason {

			/** The table's columns have changed, or its changes can't be told. */
			SCHEMA,

			/** The client fell behind the journal. */
			EXPIRED,

			/** History was lost or rewritten. */
			EPOCH,

			/** The access of the user has changed. */
			POLICY,

			/** Rows that move up into a window had to be read. */
			WINDOW

		}

	}

	/**
	 * A subscription was refused or has ended.
	 *
	 * @param id the subscription
	 * @param code why
	 * @param message what the client should change; fit for a stranger
	 */
	record Failed(String id, ErrorCode code, String message) implements SubscriptionEvent {

	}

}
