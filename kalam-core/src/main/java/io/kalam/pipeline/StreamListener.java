package io.kalam.pipeline;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.kalam.capture.CaptureException;
import io.kalam.capture.ChangeSource;
import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.ResetReason;
import io.kalam.event.EventStore;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;

/**
 * What happens to a transaction: its events become changes, it is routed, appended to the
 * journal and published, in this order, on the source's thread.
 */
final class StreamListener implements ChangeSource.Listener {

	private final Generation generation;

	private final EventStore events;

	private final ChangeRouter router;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final Outcome outcome;

	private final PipelineListener listener;

	StreamListener(Generation generation, EventStore events, ChangeRouter router, ChangeJournal journal, LiveHub hub,
			Outcome outcome, PipelineListener listener) {
		this.generation = generation;
		this.events = events;
		this.router = router;
		this.journal = journal;
		this.hub = hub;
		this.outcome = outcome;
		this.listener = listener;
	}

	@Override
	public void onTransaction(CommittedTransaction transaction) {
		Set<TableName> altered = altered(transaction.changes());
		if (!altered.isEmpty()) {
			this.outcome.schemaChanged(altered);
		}
		this.events.apply(transaction, this::publish);
	}

	private void publish(CommittedTransaction transaction) {
		RoutedTransaction routed = this.router.route(transaction, this.generation);
		publish(routed.changes().size(), () -> this.journal.append(List.of(routed)), () -> this.hub.publish(routed));
	}

	private void publish(int changes, Runnable append, Runnable publish) {
		if (changes == 0) {
			append.run();
			publish.run();
			return;
		}
		this.listener.publishing(changes, () -> {
			long begun = System.nanoTime();
			append.run();
			this.listener.appended(changes, System.nanoTime() - begun);
			publish.run();
		});
	}

	@Override
	public ChangeSource.LargeTransaction onLargeTransaction() {
		return new Large(this.journal.stage());
	}

	private static Set<TableName> altered(List<Change> changes) {
		return changes.stream()
			.filter((change) -> change instanceof Change.Reset reset && reset.reason() == ResetReason.SCHEMA)
			.map(Change::table)
			.collect(Collectors.toSet());
	}

	@Override
	public void onProgress(Lsn position) {
		this.events.expire(position, this::publish);
		Sequence sequence = Sequence.of(this.generation, position);
		this.journal.advance(sequence);
		this.hub.advance(sequence);
	}

	@Override
	public void onUnreadableValue(TableName table, String detail) {
		this.outcome.unreadable(table, detail);
	}

	@Override
	public void onStreaming() {
		this.outcome.streaming();
	}

	@Override
	public void onFailure(CaptureException failure) {
		this.outcome.failed(failure);
	}

	/**
	 * A transaction on its way into the journal. The hub is told of it when it is there;
	 * whom it concerns reads it from the journal.
	 */
	private final class Large implements ChangeSource.LargeTransaction {

		private final StagedTransaction staged;

		private final ChangeRouter.Routing routing = StreamListener.this.router.begin();

		private final Set<TableName> changed = new HashSet<>();

		private final LatestMessages messages = new LatestMessages(StreamListener.this.events::lost);

		private int size;

		private final Set<TableName> altered = new HashSet<>();

		Large(StagedTransaction staged) {
			this.staged = staged;
		}

		@Override
		public void add(List<Change> changes) {
			this.altered.addAll(StreamListener.altered(changes));
			stage(this.messages.takeFrom(changes));
		}

		private void stage(List<Change> changes) {
			List<RoutedChange> routed = this.routing.next(changes);
			this.size += routed.size();
			routed.forEach((change) -> this.changed.add(change.change().table()));
			this.staged.add(routed);
		}

		@Override
		public void commit(Lsn commit, long xid, Instant commitTime) {
			if (!this.altered.isEmpty()) {
				StreamListener.this.outcome.schemaChanged(this.altered);
			}
			StreamListener.this.events
				.apply(new CommittedTransaction(commit, xid, commitTime, this.messages.messages()), this::publish);
		}

		private void publish(CommittedTransaction transaction) {
			stage(transaction.changes());
			Sequence sequence = Sequence.of(StreamListener.this.generation, transaction.commit());
			long xid = transaction.xid();
			StreamListener.this.publish(this.size, () -> this.staged.commit(sequence, xid, transaction.commitTime()),
					() -> StreamListener.this.hub.publish(new TransactionMark(sequence, xid), this.changed));
		}

		@Override
		public void discard() {
			this.staged.discard();
		}

	}

	/**
	 * Is told how the source is doing.
	 */
	interface Outcome {

		/**
		 * The source streams.
		 */
		void streaming();

		/**
		 * Tables are no longer as they were known; called before what follows is
		 * published.
		 */
		void schemaChanged(Set<TableName> tables);

		/**
		 * A change of a table held a value that can't be told.
		 */
		void unreadable(TableName table, String detail);

		/**
		 * The source has ended.
		 */
		void failed(CaptureException failure);

	}

}
