package io.kalam.journal.rocksdb;

import java.util.Map;
import java.util.TreeMap;

import io.kalam.journal.JournalPlace;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * The first of changes that come in no order, as many as fit.
 */
final class FirstChanges {

	private static final int OVERHEAD = 128;

	private final long maxBytes;

	private final TreeMap<JournalPlace, Stored> changes = new TreeMap<>();

	private long bytes;

	private @Nullable JournalPlace end;

	/**
	 * None yet.
	 * @param maxBytes how many bytes they may take; one change is kept however large it
	 * is
	 */
	FirstChanges(long maxBytes) {
		this.maxBytes = maxBytes;
	}

	/**
	 * Adds what a cursor comes to, as far as it is among the first.
	 */
	void addAll(SegmentCursor cursor, byte[] scope) throws RocksDBException {
		for (JournalPlace place = cursor.place(); place != null && isBefore(place); place = cursor.place()) {
			add(place, new Stored(scope, cursor.value()));
			cursor.next();
		}
	}

	private boolean isBefore(JournalPlace place) {
		return this.end == null || place.compareTo(this.end) < 0;
	}

	void add(JournalPlace place, Stored change) {
		if (!isBefore(place)) {
			return;
		}
		this.changes.put(place, change);
		this.bytes += change.size();
		while (this.bytes > this.maxBytes && this.changes.size() > 1) {
			Map.Entry<JournalPlace, Stored> last = this.changes.pollLastEntry();
			this.bytes -= last.getValue().size();
			this.end = last.getKey();
		}
	}

	/**
	 * The changes, in order.
	 */
	Map<JournalPlace, Stored> changes() {
		return this.changes;
	}

	/**
	 * The place of the first change that did not fit, {@code null} if these are all.
	 */
	@Nullable JournalPlace end() {
		return this.end;
	}

	/**
	 * How much they take.
	 */
	long bytes() {
		return this.bytes;
	}

	/**
	 * A change as it is stored.
	 *
	 * @param scope whose it is
	 * @param value what happened
	 */
	record Stored(byte[] scope, byte[] value) {

		int size() {
			return OVERHEAD + this.value.length;
		}

	}

}
