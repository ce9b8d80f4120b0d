package io.kalam.change;

import java.time.Instant;
import java.util.List;

import io.kalam.catalog.Lsn;

/**
 * A transaction that has been committed, with everything that it did to the captured
 * tables.
 *
 * @param commit the end of its commit record: unique, increasing in commit order, the
 * same at every redelivery
 * @param xid the lower 32 bits of its transaction id, as an unsigned number
 * @param commitTime when it was committed, by the database's clock
 * @param changes its changes, in the order in which they were made; may be empty
 */
public record CommittedTransaction(Lsn commit, long xid, Instant commitTime, List<Change> changes) {

	public CommittedTransaction {
		changes = List.copyOf(changes);
	}

}
