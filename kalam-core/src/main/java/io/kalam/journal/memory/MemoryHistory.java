package io.kalam.journal.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.kalam.catalog.TableName;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.journal.TransactionMark;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that a journal holds in memory. For one thread at a time; many may
 * read while none writes.
 */
final class MemoryHistory {

	private static final int TRANSACTION_OVERHEAD = 128;

	private final long maxBytes;

	private final long maxAge;

	private final Clock clock;

	private final Timeline<Entry> entries = new Timeline<>();

	private final PartitionIndex index = new PartitionIndex();

	private final Map<Partition, Sequence> purged = new HashMap<>();

	private long bytes;

	private Sequence lowWater;

	MemoryHistory(long maxBytes, long maxAge, Clock clock, Sequence position) {
		this.maxBytes = maxBytes;
		this.maxAge = maxAge;
		this.clock = clock;
		this.lowWater = position;
	}

	void add(RoutedTransaction transaction, Parts parts) {
		Sequence sequence = transaction.sequence();
		long size = TRANSACTION_OVERHEAD + parts.size();
		this.index.add(sequence, parts);
		this.entries.add(sequence, new Entry(new TransactionMark(sequence, transaction.xid()), this.clock.millis(),
				size, List.copyOf(parts.partitions().keySet()), List.copyOf(parts.tables().keySet())));
		this.bytes += size;
	}

	/**
	 * Forgets what is too old or too much.
	 */
	void forget() {
		long oldest = this.clock.millis() - this.maxAge;
		while (this.entries.size() > 0 && (this.bytes > this.maxBytes || this.entries.get(0).time() < oldest)) {
			Entry entry = this.entries.removeFirst();
			this.index.removeFirst(entry.mark().sequence(), entry.partitions(), entry.tables());
			this.bytes -= entry.size();
			this.lowWater = entry.mark().sequence();
			this.purged.values().removeIf((position) -> !position.isAfter(this.lowWater));
		}
	}

	/**
	 * Forgets everything.
	 * @param position where the history begins
	 */
	void restart(Sequence position) {
		this.entries.clear();
		this.index.clear();
		this.purged.clear();
		this.bytes = 0;
		this.lowWater = position;
	}

	/**
	 * Removes what is here of a partition. What it took counts until the transactions
	 * that it was part of are forgotten.
	 */
	void purge(Partition partition, Sequence position) {
		this.index.remove(partition);
		this.purged.put(partition, position);
		this.purged.put(Partition.all(partition.table()), position);
	}

	JournalPage page(Partition partition, JournalPlace after, Sequence upTo, long maxBytes) {
		Sequence from = first(after);
		checkReach(from, this.lowWater);
		checkReach(from, this.purged.getOrDefault(partition, this.lowWater));
		return new PageBuilder(after, maxBytes).build(reader(partition, from, upTo), upTo);
	}

	private Supplier<@Nullable Part> reader(Partition partition, Sequence from, Sequence upTo) {
		return partition.isAll() ? new TableReader(partition.table(), from, upTo)::next
				: this.index.reader(partition, from, upTo)::next;
	}

	/**
	 * The position after which history has to be here to be read from a place.
	 */
	private static Sequence first(JournalPlace after) {
		boolean within = after.isWithinCommit() && after.sequence().isAfter(Sequence.ZERO);
		return within ? new Sequence(after.sequence().value() - 1) : after.sequence();
	}

	List<TransactionMark> transactionsAfter(Sequence after) {
		checkReach(after, this.lowWater);
		List<TransactionMark> marks = new ArrayList<>();
		for (int i = this.entries.indexAfter(after); i < this.entries.size(); i++) {
			marks.add(this.entries.get(i).mark());
		}
		return marks;
	}

	private static void checkReach(Sequence after, Sequence lowWater) {
		if (lowWater.isAfter(after)) {
			throw new JournalExpiredException(after, lowWater);
		}
	}

	Sequence lowWater() {
		return this.lowWater;
	}

	@Nullable Instant oldest() {
		return (this.entries.size() > 0) ? Instant.ofEpochMilli(this.entries.get(0).time()) : null;
	}

	int width() {
		return this.index.size();
	}

	long bytes() {
		return this.bytes;
	}

	/**
	 * A transaction that is here.
	 *
	 * @param mark its sequence and id
	 * @param time when it was appended, in milliseconds
	 * @param size how many bytes it takes
	 * @param partitions the partitions in which it has a part
	 * @param tables the tables in which it has a part
	 */
	private record Entry(TransactionMark mark, long time, long size, Collection<Partition> partitions,
			Collection<TableName> tables) {

	}

	/**
	 * Walks through what concerns any partition of a table, or all of it, in the order of
	 * the sequences.
	 */
	private final class TableReader {

		private final TableName table;

		private final int end;

		private int next;

		TableReader(TableName table, Sequence after, Sequence upTo) {
			this.table = table;
			this.next = MemoryHistory.this.entries.indexAfter(after);
			this.end = MemoryHistory.this.entries.indexAfter(upTo);
		}

		@Nullable Part next() {
			while (this.next < this.end) {
				Entry entry = MemoryHistory.this.entries.get(this.next++);
				Part part = MemoryHistory.this.index.merged(entry.mark().sequence(), this.table, entry.partitions());
				if (part != null) {
					return part;
				}
			}
			return null;
		}

	}

}
