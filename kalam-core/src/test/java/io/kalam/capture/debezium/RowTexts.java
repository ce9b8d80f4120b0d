package io.kalam.capture.debezium;

import java.util.List;
import java.util.stream.IntStream;

import io.kalam.change.Change;
import io.kalam.change.Row;

/**
 * Prints changes for comparison.
 */
final class RowTexts {

	private RowTexts() {
	}

	static List<String> of(List<Change> changes) {
		return changes.stream().map(RowTexts::of).toList();
	}

	static String of(Change change) {
		if (change instanceof Change.Insert insert) {
			return "+" + of(insert.row());
		}
		if (change instanceof Change.Delete delete) {
			return "-" + of(delete.before());
		}
		if (change instanceof Change.Update update) {
			return of(update.before()) + ">" + of(update.after());
		}
		return change.toString();
	}

	static String of(Row row) {
		return IntStream.range(0, row.type().table().columns().size()).mapToObj(row::get).toList().toString();
	}

}
