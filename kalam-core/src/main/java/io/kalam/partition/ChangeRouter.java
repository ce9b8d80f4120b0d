package io.kalam.partition;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.kalam.catalog.Column;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partitions of changes. A row without an owner belongs to nobody; a row that
 * changes its owner leaves one partition and enters another by the same commit, in that
 * order.
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
		Routes routes = new Routes();
		for (Change change : transaction.changes()) {
			LiveTable table = this.tables.find(change.table());
			if (table != null) {
				route(table, change, routes);
			}
		}
		return new RoutedTransaction(Sequence.of(generation, transaction.commit()), transaction.xid(),
				transaction.commitTime(), routes.changes);
	}

	private static void route(LiveTable table, Change change, Routes routes) {
		if (change instanceof Change.Insert insert) {
			routes.add(partition(table, insert.row()), change);
		}
		else if (change instanceof Change.Delete delete) {
			routes.add(partition(table, delete.before()), change);
		}
		else if (change instanceof Change.Update update) {
			Partition before = partition(table, update.before());
			Partition after = partition(table, update.after());
			if (Objects.equals(before, after)) {
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

	private static @Nullable Partition partition(LiveTable table, Row row) {
		Column owner = table.owner();
		if (owner == null) {
			return Partition.shared(table.name());
		}
		Object value = row.get(owner.index());
		return (value != null) ? new Partition(table.name(), table.rowType().codec(owner).print(value)) : null;
	}

	private static final class Routes {

		private final List<RoutedChange> changes = new ArrayList<>();

		void add(@Nullable Partition partition, Change change) {
			if (partition != null) {
				this.changes.add(new RoutedChange(this.changes.size(), partition, change));
			}
		}

		void addForAll(Change change) {
			this.changes.add(new RoutedChange(this.changes.size(), null, change));
		}

	}

}
