package io.kalam.partition;

import java.util.ArrayList;
import java.util.List;

import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;

/**
 * Finds the partitions of changes. A row without an owner is nobody's; a row that changes
 * its owner leaves one partition and enters another by the same commit, in that order.
 */
public final class ChangeRouter {

	private final RealtimeTables tables;

	/**
	 * A router.
	 * @param tables the realtime tables; changes of other tables are left out
	 */
	public ChangeRouter(RealtimeTables tables) {
		this.tables = tables;
	}

	/**
	 * Routes a transaction.
	 * @param transaction the transaction
	 * @param generation the generation that it was committed in
	 * @return the transaction with a sequence and with the partitions of its changes
	 */
	public RoutedTransaction route(CommittedTransaction transaction, Generation generation) {
		return new RoutedTransaction(Sequence.of(generation, transaction.commit()), transaction.xid(),
				transaction.commitTime(), begin().next(transaction.changes()));
	}

	/**
	 * Routes a transaction whose changes come in parts.
	 * @return a way for its changes
	 */
	public Routing begin() {
		return new Routing();
	}

	private static void route(LiveTable table, Change change, Routing routes) {
		if (change instanceof Change.Insert insert) {
			routes.add(table.partitionOf(insert.row()), change);
		}
		else if (change instanceof Change.Delete delete) {
			routes.add(table.partitionOf(delete.before()), change);
		}
		else if (change instanceof Change.Update update) {
			Partition before = table.partitionOf(update.before());
			Partition after = table.partitionOf(update.after());
			if (before.equals(after)) {
				routes.add(after, change);
			}
			else {
				routes.add(before, new Change.Delete(update.before()));
				routes.add(after, new Change.Insert(update.after()));
			}
		}
		else {
			routes.addForAll(change);
		}
	}

	/**
	 * Routes one transaction, in one part or in several. Used by one thread.
	 */
	public final class Routing {

		private List<RoutedChange> changes = new ArrayList<>();

		private int ordinal;

		private Routing() {
		}

		/**
		 * Routes a part.
		 * @param part the next changes of the transaction
		 * @return the changes with their partitions; their ordinals go on from the part
		 * before
		 */
		public List<RoutedChange> next(List<Change> part) {
			this.changes = new ArrayList<>(part.size());
			for (Change change : part) {
				LiveTable table = ChangeRouter.this.tables.find(change.table());
				if (table != null) {
					route(table, change, this);
				}
			}
			return this.changes;
		}

		private void add(Partition partition, Change change) {
			this.changes.add(new RoutedChange(this.ordinal++, partition, change));
		}

		private void addForAll(Change change) {
			this.changes.add(new RoutedChange(this.ordinal++, null, change));
		}

	}

}
