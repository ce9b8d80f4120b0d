package io.kalam.boot.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import io.kalam.catalog.Column;
import io.kalam.change.Change;
import io.kalam.change.Row;
import io.kalam.codec.Codec;
import io.kalam.journal.ChangeJournal;
import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalPage;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Searches the history of a partition for the last change of a row. Reads up to 64 MB.
 */
final class JournalSearch {

	private static final long PAGE = 256 << 10;

	private static final int MAX_PAGES = 256;

	private final ChangeJournal journal;

	JournalSearch(ChangeJournal journal) {
		this.journal = journal;
	}

	/**
	 * Searches.
	 * @param partition the partition
	 * @param key the values of the row's key, in the key's order
	 * @return the last change of what was read, {@code null} if there is none
	 */
	@Nullable Found last(Partition partition, List<String> key) {
		Sequence head = this.journal.head();
		JournalPlace place = JournalPlace.behind(this.journal.lowWater());
		Found found = null;
		try {
			for (int i = 0; i < MAX_PAGES && place.compareTo(JournalPlace.behind(head)) < 0; i++) {
				JournalPage page = this.journal.read(partition, place, head, PAGE);
				for (RoutedTransaction transaction : page.transactions()) {
					for (RoutedChange routed : transaction.changes()) {
						if (concerns(routed.change(), key)) {
							found = new Found(routed.change(), transaction.sequence(), transaction.commitTime());
						}
					}
				}
				place = page.reached();
			}
		}
		catch (JournalExpiredException ex) {
			return found;
		}
		return found;
	}

	private static boolean concerns(Change change, List<String> key) {
		if (change instanceof Change.Insert insert) {
			return hasKey(insert.row(), key);
		}
		if (change instanceof Change.Update update) {
			return hasKey(update.after(), key);
		}
		return !(change instanceof Change.Delete delete) || hasKey(delete.before(), key);
	}

	private static boolean hasKey(Row row, List<String> key) {
		List<Column> columns = row.type().table().key();
		for (int i = 0; i < columns.size(); i++) {
			Codec<Object> codec = row.type().codec(columns.get(i));
			Object value = row.get(columns.get(i).index());
			if (value == null || !isEqual(codec, value, codec.parse(key.get(i)))) {
				return false;
			}
		}
		return true;
	}

	private static boolean isEqual(Codec<Object> codec, Object value, Object other) {
		return codec.comparable() ? codec.compare(value, other) == 0 : Objects.deepEquals(value, other);
	}

	/**
	 * A change.
	 *
	 * @param change what it was
	 * @param sequence its commit
	 * @param commitTime when it was committed, by the database's clock
	 */
	record Found(Change change, Sequence sequence, Instant commitTime) {

		/**
		 * What it was, in a word.
		 */
		String word() {
			return this.change.getClass().getSimpleName().toLowerCase(Locale.ROOT);
		}

	}

}
