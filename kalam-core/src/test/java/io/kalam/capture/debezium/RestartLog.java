package io.kalam.capture.debezium;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.CommittedTransaction;
import io.kalam.change.Row;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A journal that may lose its tail: what was delivered, and what it has to amount to.
 */
final class RestartLog {

	private final List<CommittedTransaction> appended = new ArrayList<>();

	private final Map<Lsn, String> seen = new TreeMap<>(Comparator.naturalOrder());

	private Lsn position;

	private int redelivered;

	private int transactions;

	private long changes;

	private final Map<TableName, Map<String, String>> tables = new TreeMap<>();

	RestartLog(Lsn position) {
		this.position = position;
	}

	synchronized void append(CommittedTransaction transaction) {
		assertThat(transaction.commit()).isGreaterThan(this.position);
		this.position = transaction.commit();
		this.appended.add(transaction);
		String text = transaction.xid() + " " + transaction.changes().stream().map(RowTexts::of).toList().hashCode();
		String before = this.seen.put(transaction.commit(), text);
		if (before != null) {
			assertThat(text).isEqualTo(before);
			this.redelivered++;
		}
	}

	synchronized void progress(Lsn progress) {
		assertThat(progress).isGreaterThan(this.position);
		this.position = progress;
	}

	synchronized Lsn position() {
		return this.position;
	}

	/**
	 * Forgets what came after a position.
	 */
	synchronized void forget(Lsn after) {
		this.appended.removeIf((transaction) -> transaction.commit().isAfter(after));
		this.position = after;
	}

	synchronized int redelivered() {
		return this.redelivered;
	}

	synchronized int transactions() {
		return this.transactions;
	}

	synchronized long changes() {
		return this.changes;
	}

	/**
	 * Does again what was delivered up to a position; each change has to fit what is
	 * there.
	 */
	synchronized Map<TableName, Map<String, String>> settle(Lsn upTo) {
		for (CommittedTransaction transaction : this.appended) {
			if (!transaction.commit().isAfter(upTo)) {
				this.transactions++;
				this.changes += transaction.changes().size();
				for (Change change : transaction.changes()) {
					apply(this.tables.computeIfAbsent(change.table(), (name) -> new TreeMap<>()), change);
				}
			}
		}
		this.appended.removeIf((transaction) -> !transaction.commit().isAfter(upTo));
		return this.tables;
	}

	private static void apply(Map<String, String> table, Change change) {
		if (change instanceof Change.Insert insert) {
			assertThat(table.put(key(insert.row()), RowTexts.of(insert.row()))).as("twice").isNull();
		}
		else if (change instanceof Change.Delete delete) {
			assertThat(table.remove(key(delete.before()))).as("lost").isEqualTo(RowTexts.of(delete.before()));
		}
		else if (change instanceof Change.Update update) {
			assertThat(table.put(key(update.after()), RowTexts.of(update.after()))).as("lost")
				.isEqualTo(RowTexts.of(update.before()));
		}
		else {
			throw new AssertionError(change);
		}
	}

	private static String key(Row row) {
		return row.type().table().key().stream().map((column) -> row.get(column.index())).toList().toString();
	}

}
