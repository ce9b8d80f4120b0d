package io.kalam.journal.memory;

import java.util.List;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Walks through what concerns one partition: its own timeline and its table's, merged in
 * the order of the sequences. What a transaction did to both is one part.
 */
final class PartReader {

	private final Timeline<Part> own;

	private final int ownEnd;

	private final Timeline<Part> table;

	private final int tableEnd;

	private int ownNext;

	private int tableNext;

	PartReader(Timeline<Part> own, Timeline<Part> table, Sequence after, Sequence upTo) {
		this.own = own;
		this.ownNext = own.indexAfter(after);
		this.ownEnd = own.indexAfter(upTo);
		this.table = table;
		this.tableNext = table.indexAfter(after);
		this.tableEnd = table.indexAfter(upTo);
	}

	/**
	 * The next part.
	 * @return the part, or {@code null} at the end
	 */
	@Nullable Part next() {
		Part mine = (this.ownNext < this.ownEnd) ? this.own.get(this.ownNext) : null;
		Part all = (this.tableNext < this.tableEnd) ? this.table.get(this.tableNext) : null;
		int order = order(mine, all);
		if (order <= 0) {
			this.ownNext++;
		}
		if (order >= 0) {
			this.tableNext++;
		}
		if (mine != null && all != null && order == 0) {
			return Part.merge(List.of(mine, all));
		}
		return (order < 0) ? mine : all;
	}

	private static int order(@Nullable Part mine, @Nullable Part all) {
		if (mine == null || all == null) {
			return (mine != null) ? -1 : 1;
		}
		return mine.transaction().sequence().compareTo(all.transaction().sequence());
	}

}
