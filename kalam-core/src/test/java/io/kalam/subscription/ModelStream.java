package io.kalam.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.kalam.catalog.Lsn;
import io.kalam.change.CommittedTransaction;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.StagedTransaction;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.ChangeRouter;
import io.kalam.partition.RealtimeTables;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;

/**
 * The way of the commits of a {@link ModelDatabase} to the journal and the hub: in their
 * order, whole or in parts, as late as chance has it.
 */
final class ModelStream {

	private final Random random;

	private final ModelDatabase database;

	private final RealtimeTables tables;

	private final ChangeJournal journal;

	private final LiveHub hub;

	private final List<Pending> streamed = new ArrayList<>();

	private int nextCommit;

	ModelStream(Random random, ModelDatabase database, RealtimeTables tables, ChangeJournal journal, LiveHub hub) {
		this.random = random;
		this.database = database;
		this.tables = tables;
		this.journal = journal;
		this.hub = hub;
	}

	/**
	 * Delivers some of what has been streamed, and streams some of what was committed.
	 */
	void step() {
		int count = 1 + this.random.nextInt(3);
		for (int i = 0; i < count && !this.streamed.isEmpty(); i++) {
			deliver(this.streamed.remove(0));
		}
		while (this.nextCommit < this.database.commits.size() && this.random.nextInt(4) != 0) {
			this.streamed.add(new Pending(this.database.commits.get(this.nextCommit++), null));
		}
	}

	/**
	 * Streams all that was committed, and a message behind it.
	 * @return the position of the message
	 */
	Lsn beat() {
		while (this.nextCommit < this.database.commits.size()) {
			this.streamed.add(new Pending(this.database.commits.get(this.nextCommit++), null));
		}
		Lsn position = this.database.message();
		this.streamed.add(new Pending(null, position));
		return position;
	}

	/**
	 * Delivers all that has been streamed.
	 */
	void deliverAll() {
		while (!this.streamed.isEmpty()) {
			deliver(this.streamed.remove(0));
		}
	}

	private void deliver(Pending pending) {
		if (pending.message() != null) {
			this.journal.advance(at(pending.message()));
			this.hub.advance(at(pending.message()));
			return;
		}
		if (this.random.nextInt(4) == 0) {
			deliverInParts(pending.commit().transaction);
			return;
		}
		RoutedTransaction routed = new ChangeRouter(this.tables).route(pending.commit().transaction, new Generation(1));
		this.journal.append(List.of(routed));
		this.hub.publish(routed);
	}

	private void deliverInParts(CommittedTransaction transaction) {
		ChangeRouter.Routing routing = new ChangeRouter(this.tables).begin();
		StagedTransaction staged = this.journal.stage();
		transaction.changes().forEach((change) -> staged.add(routing.next(List.of(change))));
		staged.commit(at(transaction.commit()), transaction.xid(), transaction.commitTime());
		this.hub.publish(new TransactionMark(at(transaction.commit()), transaction.xid()),
				Set.of(this.database.table.name()));
	}

	private static Sequence at(Lsn lsn) {
		return Sequence.of(new Generation(1), lsn);
	}

	private record Pending(ModelDatabase.Commit commit, Lsn message) {

	}

}
