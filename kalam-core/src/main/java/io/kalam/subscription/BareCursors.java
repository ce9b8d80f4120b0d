package io.kalam.subscription;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.kalam.catalog.TableName;
import io.kalam.sequence.Sequence;

/**
 * From where on a cursor is good that comes without its epoch, and hence doesn't say of
 * which lineage of the table it is. May be used by any thread.
 */
final class BareCursors {

	private static final Sequence NONE = new Sequence(Long.MAX_VALUE);

	private final Map<TableName, Sequence> tables = new ConcurrentHashMap<>();

	private volatile Sequence all = Sequence.ZERO;

	/**
	 * Refuses those before a position.
	 */
	void refuseBefore(Sequence position) {
		this.all = position;
	}

	/**
	 * Refuses all cursors of a table until {@link #accept} is called.
	 */
	void refuse(TableName table) {
		this.tables.put(table, NONE);
	}

	/**
	 * Accepts a table's cursors from a position on.
	 */
	void accept(TableName table, Sequence from) {
		this.tables.put(table, from);
	}

	/**
	 * Whether a cursor is good.
	 */
	boolean isGood(TableName table, Sequence cursor) {
		return !this.all.isAfter(cursor) && !this.tables.getOrDefault(table, Sequence.ZERO).isAfter(cursor);
	}

}
