package io.kalam.journal;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.kalam.catalog.ServerState;
import io.kalam.catalog.Table;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.JournalIdentity;
import io.kalam.sequence.JournalPosition;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The history of changes, contiguous from its {@linkplain #lowWater() low-water mark} to
 * its {@linkplain #head() head}: it holds every transaction between them that touched a
 * realtime table.
 * <p>
 * One thread appends; any number of threads read at the same time, and any thread may
 * call the rest. A read sees everything that was appended before it began, durable or
 * not, and each transaction whole or not at all. What becomes durable does so in the
 * order in which it was appended, and never a part of a transaction.
 * <p>
 * A method that waits for a disk ends its waiting with
 * {@link JournalInterruptedException} when its thread is interrupted. While its store is
 * away (it is opened again after a fault, or begins anew), everything is answered that
 * can be from what is known and from what has not been written yet; a read that needs
 * more fails with {@link JournalUnreadableException} and has to be tried again. After
 * {@link #close} every method but {@code close} fails with {@link IllegalStateException}.
 */
public interface ChangeJournal extends AutoCloseable {

	/**
	 * Takes the journal for this process, if it is kept in a place that other processes
	 * may use too; to be called before anything is read of it or appended. One that is
	 * ours already stays as it is.
	 * @param server the database whose history it is to hold
	 * @return {@code null} if it is ours from now on; who has it, as a sentence without
	 * its end, if it may be ours later
	 * @throws JournalUnusableException if somebody has to do something first
	 */
	default @Nullable String take(ServerState server) {
		return null;
	}

	/**
	 * Appends transactions, all or none of each. One at or before the head is left out:
	 * it is a redelivery. One without changes only moves the head. Does not wait until
	 * they are durable, but while too much is not.
	 * @param transactions transactions in ascending order of their sequences
	 */
	void append(List<RoutedTransaction> transactions);

	/**
	 * Begins a transaction that may be larger than memory.
	 * @return a transaction to which changes can be added
	 */
	StagedTransaction stage();

	/**
	 * Moves the head to a position before which nothing else will come.
	 * @param position the position; ignored if it is not after the head
	 */
	void advance(Sequence position);

	/**
	 * Notes which history it is that the journal holds and that goes on. Becomes durable
	 * no later than what is appended afterwards.
	 * @param identity the history as it is known now
	 */
	void identify(JournalIdentity identity);

	/**
	 * Forgets everything and begins anew behind a position, in one durable step. If that
	 * fails nothing can be read and {@link #position()} is {@code null} until it has been
	 * tried again with success.
	 * @param position the new head and low-water mark; may be before the head if the
	 * history is another one
	 * @param identity the history that begins there
	 * @throws JournalUnreadableException if it failed
	 */
	void restart(Sequence position, JournalIdentity identity);

	/**
	 * Removes what is here of some partitions, durably: their readers are refused every
	 * position before the head of this moment. What comes later is kept.
	 * @param partitions the partitions
	 */
	void purge(Collection<Partition> partitions);

	/**
	 * What would be remembered if the process died now.
	 * @return identity and last durable commit, {@code null} if no history was ever
	 * noted, or what is there is damaged and has to begin anew
	 */
	@Nullable JournalPosition position();

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
	 * Waits until everything up to a position is durable.
	 * @param position the position
	 * @param patience how long to wait at the most
	 * @return whether it is durable now
	 * @throws InterruptedException if the thread was interrupted while it waited
	 */
	boolean awaitDurable(Sequence position, Duration patience) throws InterruptedException;

	/**
	 * The position after which the history begins: cursors at or after it can be served.
	 * @return a position at or before the head; rises until the journal is restarted
	 */
	Sequence lowWater();

	/**
	 * Reads one partition, and what concerns its whole table, in order. Needs no more
	 * memory than the page, however large a transaction is.
	 * @param partition the partition
	 * @param after the place after which to begin
	 * @param upTo the position at which to end, inclusive; at most the head
	 * @param maxBytes how much to read at once, in bytes of heap; the page holds at least
	 * one change if there is one, however large it is
	 * @return transactions in order, and how far the page reaches: {@code upTo} if there
	 * is nothing more, else the last transaction of the page. A transaction is only taken
	 * apart if the page can't hold it alone
	 * @throws JournalExpiredException if the history no longer reaches back to
	 * {@code after}
	 * @throws JournalUnreadableException if it can't be told for now
	 * @throws IllegalArgumentException if {@code upTo} is after the head
	 */
	JournalPage read(Partition partition, JournalPlace after, Sequence upTo, long maxBytes);

	/**
	 * Reads whole transactions of one partition, for those who can't go on within one.
	 * @param partition the partition
	 * @param after the position after which to begin
	 * @param upTo the position at which to end, inclusive; at most the head
	 * @param maxBytes how much to read at once, in bytes of heap; the page holds at least
	 * one transaction if there is one, however large it is
	 * @return a page that is never {@linkplain JournalPage#isPartial() partial}
	 * @throws JournalExpiredException if the history no longer reaches back to
	 * {@code after}
	 * @throws JournalUnreadableException if it can't be told for now
	 * @throws IllegalArgumentException if {@code upTo} is after the head
	 */
	default JournalPage read(Partition partition, Sequence after, Sequence upTo, long maxBytes) {
		JournalPage page = read(partition, JournalPlace.behind(after), upTo, maxBytes);
		return page.isPartial()
				? page.complete(read(partition, page.reached(), page.reached().sequence(), Long.MAX_VALUE)) : page;
	}

	/**
	 * Whether a partition can be read from a position on.
	 * @param partition the partition
	 * @param after the position after which to begin; at most the head
	 * @return whether nothing after it was forgotten or purged
	 * @throws JournalUnreadableException if it can't be told for now
	 */
	default boolean serves(Partition partition, Sequence after) {
		try {
			read(partition, JournalPlace.behind(after), after, 1);
			return true;
		}
		catch (JournalExpiredException ex) {
			return false;
		}
	}

	/**
	 * Lists the transactions after a position with their ids, in order.
	 * @param after the position after which to begin
	 * @return the transactions from there to the head
	 * @throws JournalExpiredException if the history no longer reaches back to
	 * {@code after}
	 * @throws JournalUnreadableException if they can't be read for now
	 */
	List<TransactionMark> transactionsAfter(Sequence after);

	/**
	 * The tables as they were when the rows were captured that a disk may hold, also if
	 * they have been forgotten since.
	 * @return the tables, one for each set of columns that a table had; none if nothing
	 * outlives the process
	 * @throws JournalUnreadableException if it can't be told for now
	 */
	default List<Table> tables() {
		return List.of();
	}

	/**
	 * How the journal is doing.
	 * @return the status at this moment
	 */
	JournalStatus status();

	/**
	 * Makes durable what was appended, as far as the disk allows, and lets go of
	 * everything. Waits for readers. Idempotent.
	 */
	@Override
	void close();

}
