package io.kalam.subscription;

import java.util.List;

import io.kalam.sequence.Sequence;
import io.kalam.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Sends a snapshot in batches: the next one is fetched when the one before it has been
 * taken, and in pull mode not before it is asked for. Used under the session's lock.
 */
final class SnapshotDelivery {

	private final Subscription subscription;

	private final Snapshot snapshot;

	private final Sequence boundary;

	private long sent;

	private int number;

	private int requested = 1;

	private @Nullable List<byte[]> fetched;

	private boolean waiting;

	private @Nullable Disposable fetch;

	private boolean released;

	SnapshotDelivery(Subscription subscription, Snapshot snapshot, Sequence boundary) {
		this.subscription = subscription;
		this.snapshot = snapshot;
		this.boundary = boundary;
	}

	SeenTransactions seen() {
		return new SeenTransactions(this.snapshot.visibility(), this.snapshot.fence());
	}

	void request() {
		this.requested++;
	}

	/**
	 * Takes the next batch.
	 * @return the batch, or {@code null} if it has not been fetched yet or not been asked
	 * for
	 */
	SubscriptionEvent.@Nullable Batch take() {
		if (this.released || (this.subscription.request().pull() && this.requested == 0)) {
			return null;
		}
		List<byte[]> rows = this.fetched;
		if (rows == null) {
			fetch();
			rows = this.fetched;
		}
		if (rows == null) {
			return null;
		}
		this.fetched = null;
		this.requested = Math.max(0, this.requested - 1);
		this.sent += rows.size();
		boolean more = this.sent < this.snapshot.size();
		return new SubscriptionEvent.Batch(this.subscription.id(), this.number++, rows, this.boundary, more);
	}

	void release() {
		if (!this.released) {
			this.released = true;
			if (this.fetch != null) {
				this.fetch.dispose();
			}
			this.snapshot.release();
		}
	}

	private void fetch() {
		if (!this.waiting) {
			this.waiting = true;
			LiveSession session = this.subscription.session();
			this.fetch = this.snapshot.rows(this.sent, this.subscription.request().batchSize())
				.subscribe((rows) -> session.resume(() -> fetched(rows)),
						(ex) -> session.resume(() -> failed(session, ex)));
		}
	}

	private void fetched(List<byte[]> rows) {
		this.waiting = false;
		if (!this.released) {
			this.fetched = rows;
		}
	}

	private void failed(LiveSession session, Throwable cause) {
		this.waiting = false;
		if (!this.released) {
			session.end(this.subscription, new SubscriptionFailure(ErrorCode.BATCH_FETCH_FAILED,
					"The rows could not be read; subscribe again", cause));
		}
	}

}
