package io.kalam.pipeline;

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
import io.kalam.journal.ChangeJournal;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import io.kalam.subscription.LiveHub;

/**
 * What happens to a transaction: it is routed, appended to the journal and published, in
 * this order, on the source's thread.
 */
final class StreamListener implements ChangeSource.Listener {

	private final Generation generation;

	private final ChangeRouter router;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final Outcome outcome;

	StreamListener(Generation generation, ChangeRouter router, ChangeJournal journal, LiveHub hub, Outcome outcome) {
		this.generation = generation;
		this.router = router;
		this.journal = journal;
		this.hub = hub;
		this.outcome = outcome;
	}

	@Override
	public void onTransaction(CommittedTransaction transaction) {
		Set<TableName> altered = transaction.changes()
			.stream()
			.filter(StreamListener::isSchemaChange)
			.map(Change::table)
			.collect(Collectors.toSet());
		if (!altered.isEmpty()) {
			this.outcome.schemaChanged(altered);
		}
		RoutedTransaction routed = this.router.route(transaction, this.generation);
		this.journal.append(List.of(routed));
		this.hub.publish(routed);
	}

	private static boolean isSchemaChange(Change change) {
		return change instanceof Change.Reset reset && reset.reason() == ResetReason.SCHEMA;
	}

	@Override
	public void onProgress(Lsn position) {
		Sequence sequence = Sequence.of(this.generation, position);
		this.journal.advance(sequence);
		this.hub.advance(sequence);
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
		 * The source has ended.
		 */
		void failed(CaptureException failure);

	}

}
