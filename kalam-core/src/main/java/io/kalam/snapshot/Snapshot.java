package io.kalam.snapshot;

import java.util.List;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Sequence;
import reactor.core.publisher.Mono;

/**
 * The rows of a live query at one moment, and what that moment had seen.
 */
public interface Snapshot {

	/**
	 * Which transactions are in the rows: exactly those that this snapshot sees. One that
	 * {@linkplain TransactionSnapshot#seesNothing() sees nothing} says that the rows are
	 * exactly those at the horizon.
	 * @return the transactions that the read has seen
	 */
	TransactionSnapshot visibility();

	/**
	 * A position, taken before the read began, up to which every commit could be seen by
	 * every snapshot that began after it was taken.
	 * @return the horizon; every commit at or before it is in the rows
	 */
	Sequence horizon();

	/**
	 * A position beyond the commit record of every transaction in the rows: a transaction
	 * whose commit lies behind it is not in them.
	 * @return the fence
	 */
	Lsn fence();

	/**
	 * How many rows there are: all of them, or as many as the query's window reads.
	 * @return the number of rows
	 */
	long size();

	/**
	 * Reads some of the rows, in the query's order.
	 * @param first the place of the first row, from 0
	 * @param count how many rows
	 * @return the rows in the query's projection, a JSON object in UTF-8 each, of a query
	 * with a window with its {@linkplain io.kalam.query.PlacedRow place}; fewer than
	 * {@code count} at the end
	 */
	Mono<List<byte[]>> rows(long first, int count);

	/**
	 * Gives back memory and files. Nothing may be read afterwards. Idempotent.
	 */
	void release();

}
