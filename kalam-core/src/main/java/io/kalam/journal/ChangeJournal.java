package io.kalam.journal;

import java.util.List;

import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;

/**
 * The history of changes, contiguous from its {@linkplain #lowWater() low-water mark} to
 * its {@linkplain #head() head}: it holds every transaction between them that touched a
 * realtime table.
 * <p>
 * One thread appends; any number of threads read at the same time. A read sees everything
 * that was appended before it began, durable or not, and each transaction whole or not at
 * all. After {@link #close} every method but {@code close} fails with
 * {@link IllegalStateException}.
 */
public interface ChangeJournal extends AutoCloseable {

	/**
	 * Appends transactions, all or none of each. One at or before the head is left out:
	 * it is a redelivery. One without changes only moves the head.
	 * @param transactions transactions in ascending order of their sequences
	 */
	void append(List<RoutedTransaction> transactions);

	/**
	 * Moves the head to a position before which nothing else will come.
	 * @param position the position; ignored if it is not after the head
	 */
	void advance(Sequence position);

	/**
	 * Forgets everything and begins anew behind a position.
	 * @param position the new head and low-water mark; not before the head
	 */
	void restart(Sequence position);

	/**
	 * The position up to which all is here.
	 * @return the sequence of the last transaction or advance, the low-water mark if
	 * there was none
	 */
	Sequence head();

	/**
	 * The position up to which all would still be here if the process died now.
	 * @return a position at or before the head
	 */
	Sequence durable();

	/**
	 * The position after which the history begins: cursors at or after it can be served.
	 * @return a position at or before the head; only ever rises
	 */
	Sequence lowWater();

	/**
	 * Reads one partition, and what concerns its whole table, in order.
	 * @param partition the partition
	 * @param after the position after which to begin
	 * @param upTo the position at which to end, inclusive; at most the head
	 * @param maxBytes how much to read at once, in bytes of heap; the page holds at least
	 * one transaction if there is one, however large it is
	 * @return whole transactions in order, and how far the page reaches: {@code upTo} if
	 * there is nothing more, else the last transaction of the page
	 * @throws JournalExpiredException if the history no longer reaches back to
	 * {@code after}
	 * @throws IllegalArgumentException if {@code upTo} is after the head
	 */
	JournalPage read(Partition partition, Sequence after, Sequence upTo, long maxBytes);

	/**
	 * Lists the transactions after a position with their ids, in order.
	 * @param after the position after which to begin
	 * @return the transactions from there to the head
	 * @throws JournalExpiredException if the history no longer reaches back to
	 * {@code after}
	 */
	List<TransactionMark> transactionsAfter(Sequence after);

	@Override
	void close();

}
