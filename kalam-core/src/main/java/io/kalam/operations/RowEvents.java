package io.kalam.operations;

import java.util.function.Consumer;

import io.kalam.operations.RealtimeEvent.Deleted;
import io.kalam.operations.RealtimeEvent.Existing;
import io.kalam.operations.RealtimeEvent.Inserted;
import io.kalam.operations.RealtimeEvent.Position;
import io.kalam.operations.RealtimeEvent.Reset;
import io.kalam.operations.RealtimeEvent.SnapshotEnd;
import io.kalam.operations.RealtimeEvent.Truncated;
import io.kalam.operations.RealtimeEvent.Updated;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.SubscriptionChange;
import io.kalam.subscription.SubscriptionEvent;
import io.kalam.subscription.SubscriptionEvent.Acknowledged;
import io.kalam.subscription.SubscriptionEvent.Batch;
import io.kalam.subscription.SubscriptionEvent.Mark;
import io.kalam.subscription.SubscriptionEvent.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * Tells everything that happens to rows. A change is held back until it is known whether
 * it is the last of its commit. A cursor is exact, and told, when the subscription has
 * not begun with a snapshot, or has joined the live chain.
 *
 * @param <T> what the rows become
 */
final class RowEvents<T> implements StreamTranslator<RealtimeEvent<T>> {

	private final RowReaders readers;

	private final Class<T> type;

	private boolean expectsResume;

	private @Nullable RowReader<T> reader;

	private @Nullable String epoch;

	private boolean exact;

	private @Nullable RealtimeCursor cursor;

	private @Nullable SubscriptionChange held;

	/**
	 * For one subscriber.
	 * @param readers read rows
	 * @param type what the rows become
	 * @param resumed whether the subscriber knows rows already
	 */
	RowEvents(RowReaders readers, Class<T> type, boolean resumed) {
		this.readers = readers;
		this.type = type;
		this.expectsResume = resumed;
	}

	/**
	 * Of a commit of which a part was told, the rest would be missing.
	 */
	@Override
	public void interrupted() {
		this.cursor = (this.held != null) ? null : this.cursor;
		this.held = null;
		this.expectsResume = true;
	}

	@Override
	public @Nullable RealtimeCursor cursor() {
		return this.cursor;
	}

	@Override
	public void translate(SubscriptionEvent event, Consumer<? super RealtimeEvent<T>> out) {
		if (event instanceof Acknowledged acknowledged) {
			begin(acknowledged, out);
		}
		else if (event instanceof Batch batch) {
			batch.rows().forEach((row) -> out.accept(new Existing<>(reader().read(row))));
			if (!batch.hasMore()) {
				out.accept(new SnapshotEnd<>());
			}
		}
		else if (event instanceof Transaction transaction) {
			tell(transaction, out);
		}
		else if (event instanceof Mark mark) {
			this.exact |= mark.id() != null;
			position(mark.sequence(), out);
		}
		else if (event instanceof SubscriptionEvent.Reset reset) {
			reset(Reset.Reason.valueOf(reset.reason().name()), reset.purge(), out);
		}
	}

	private void begin(Acknowledged acknowledged, Consumer<? super RealtimeEvent<T>> out) {
		if (this.expectsResume && !acknowledged.resumed()) {
			reset(Reset.Reason.EXPIRED, false, out);
		}
		this.expectsResume = false;
		this.reader = this.readers.reader(this.type, acknowledged.query());
		this.epoch = acknowledged.epoch().value();
		this.exact = !acknowledged.snapshot();
	}

	private void reset(Reset.Reason reason, boolean purge, Consumer<? super RealtimeEvent<T>> out) {
		this.held = null;
		this.exact = false;
		this.cursor = null;
		this.expectsResume = false;
		out.accept(new Reset<>(reason, purge));
	}

	private void tell(Transaction transaction, Consumer<? super RealtimeEvent<T>> out) {
		RealtimeCommit commit = new RealtimeCommit(transaction.sequence().value(), transaction.commitTime());
		for (SubscriptionChange change : transaction.changes()) {
			release(commit, false, out);
			this.held = change;
		}
		if (transaction.last()) {
			release(commit, true, out);
			position(transaction.sequence(), out);
		}
	}

	private void release(RealtimeCommit commit, boolean last, Consumer<? super RealtimeEvent<T>> out) {
		if (this.held != null) {
			out.accept(event(this.held, commit, last));
			this.held = null;
		}
	}

	private RealtimeEvent<T> event(SubscriptionChange change, RealtimeCommit commit, boolean last) {
		byte[] row = change.row();
		byte[] old = change.old();
		if (row != null && old != null) {
			return new Updated<>(reader().read(row), reader().readOld(row, old), commit, last);
		}
		if (row != null) {
			return new Inserted<>(reader().read(row), commit, last);
		}
		return (old != null) ? new Deleted<>(reader().read(old), commit, last) : new Truncated<>(commit, last);
	}

	private void position(Sequence sequence, Consumer<? super RealtimeEvent<T>> out) {
		if (this.exact && this.epoch != null) {
			this.cursor = new RealtimeCursor(sequence.toString(), this.epoch);
			out.accept(new Position<>(this.cursor));
		}
	}

	private RowReader<T> reader() {
		if (this.reader == null) {
			throw new IllegalStateException("A subscription is acknowledged before anything else");
		}
		return this.reader;
	}

}
