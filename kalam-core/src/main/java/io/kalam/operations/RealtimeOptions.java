package io.kalam.operations;

import io.kalam.query.Delivery;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is about. Immutable: each method gives other options.
 *
 * @param owner whose rows, as the token's claim would say; {@code null} for the rows of
 * all owners and those that nobody owns
 * @param from the cursor from which to go on, or {@code null}
 * @param snapshotIfExpired whether a cursor that can't be continued is answered with a
 * reset and a snapshot, not an error
 * @param deliver what is told of commits that wait for the subscriber
 */
public record RealtimeOptions(@Nullable String owner, @Nullable RealtimeCursor from, boolean snapshotIfExpired,
		Delivery deliver) {

	private static final RealtimeOptions ALL = new RealtimeOptions(null, null, false, Delivery.ALL);

	/**
	 * The rows of all owners.
	 * @return the options
	 */
	public static RealtimeOptions all() {
		return ALL;
	}

	/**
	 * The rows of one owner, as it would see them. Of a shared table that is all.
	 * @param owner who it is, as the token's claim would say
	 * @return the options
	 */
	public static RealtimeOptions owner(String owner) {
		return new RealtimeOptions(owner, null, false, Delivery.ALL);
	}

	/**
	 * Goes on from a cursor: nothing that was committed after it is missing, and nothing
	 * that was committed before it comes.
	 * @param cursor the cursor; {@code null} to start anew
	 * @return the options
	 */
	public RealtimeOptions from(@Nullable RealtimeCursor cursor) {
		return new RealtimeOptions(this.owner, cursor, this.snapshotIfExpired, this.deliver);
	}

	/**
	 * Goes on from a cursor if it can be continued, and else from a
	 * {@link RealtimeEvent.Reset} and a snapshot.
	 * @param cursor the cursor; {@code null} to start anew
	 * @return the options
	 */
	public RealtimeOptions fromOrSnapshot(@Nullable RealtimeCursor cursor) {
		return new RealtimeOptions(this.owner, cursor, true, this.deliver);
	}

	/**
	 * Tells no more than the latest: commits that wait because the subscriber is slower
	 * than they come are told as one, the last of them, with the last state of each row.
	 * One that takes them as they come is told each.
	 * @return the options
	 */
	public RealtimeOptions latest() {
		return new RealtimeOptions(this.owner, this.from, this.snapshotIfExpired, Delivery.LATEST);
	}

	/**
	 * Names no one: who is followed must not reach a log.
	 */
	@Override
	public String toString() {
		return ((this.owner != null) ? "one owner" : "all owners") + ((this.from != null) ? " from " + this.from : "");
	}

}
