package io.kalam.capture.debezium;

import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

import io.kalam.capture.CaptureException;
import io.kalam.capture.ChangeSource.LargeTransaction;
import io.kalam.capture.ChangeSource.Listener;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import org.jspecify.annotations.Nullable;

/**
 * Tells a listener nothing once the source is to stop, but that what is left of a large
 * transaction is void.
 */
final class GuardedListener implements Listener {

	private final Listener listener;

	private final BooleanSupplier stopping;

	GuardedListener(Listener listener, BooleanSupplier stopping) {
		this.listener = listener;
		this.stopping = stopping;
	}

	@Override
	public void onTransaction(CommittedTransaction transaction) {
		unlessStopping(() -> this.listener.onTransaction(transaction));
	}

	@Override
	public LargeTransaction onLargeTransaction() {
		return new GuardedTransaction();
	}

	@Override
	public void onProgress(Lsn position) {
		unlessStopping(() -> this.listener.onProgress(position));
	}

	@Override
	public void onUnreadableValue(TableName table, String detail) {
		unlessStopping(() -> this.listener.onUnreadableValue(table, detail));
	}

	@Override
	public void onStreaming() {
		unlessStopping(this.listener::onStreaming);
	}

	@Override
	public void onFailure(CaptureException failure) {
		unlessStopping(() -> this.listener.onFailure(failure));
	}

	private void unlessStopping(Runnable call) {
		if (!this.stopping.getAsBoolean()) {
			call.run();
		}
	}

	private final class GuardedTransaction implements LargeTransaction {

		private @Nullable LargeTransaction transaction;

		@Override
		public void add(List<Change> changes) {
			unlessStopping(() -> transaction().add(changes));
		}

		@Override
		public void commit(Lsn commit, long xid, Instant commitTime) {
			unlessStopping(() -> transaction().commit(commit, xid, commitTime));
		}

		@Override
		public void discard() {
			if (this.transaction != null) {
				this.transaction.discard();
			}
		}

		private LargeTransaction transaction() {
			LargeTransaction current = this.transaction;
			if (current == null) {
				current = GuardedListener.this.listener.onLargeTransaction();
				this.transaction = current;
			}
			return current;
		}

	}

}
