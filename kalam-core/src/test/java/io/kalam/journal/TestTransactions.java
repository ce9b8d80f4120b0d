package io.kalam.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.kalam.catalog.TableName;
import io.kalam.change.Change;
import io.kalam.change.ResetReason;
import io.kalam.change.Row;
import io.kalam.codec.RowType;
import io.kalam.partition.Partition;
import io.kalam.partition.RoutedChange;
import io.kalam.partition.RoutedTransaction;
import io.kalam.sequence.Sequence;
import io.kalam.testing.TestTypes;
import org.jspecify.annotations.Nullable;

/**
 * Transactions on two small tables of text columns.
 */
public final class TestTransactions {

	public static final RowType TICKETS = table("tickets");

	public static final RowType CHATS = table("chats");

	private TestTransactions() {
	}

	private static RowType table(String name) {
		Map<String, String> columns = new LinkedHashMap<>();
		List.of("id", "owner", "title").forEach((column) -> columns.put(column, "text"));
		return TestTypes.rowType(new TableName("public", name), columns, TestTypes.BINARY);
	}

	public static Partition partition(RowType type, String owner) {
		return new Partition(type.name(), owner);
	}

	public static RoutedTransaction transaction(long sequence, RoutedChange... changes) {
		return new RoutedTransaction(new Sequence(sequence), 1000 + sequence, Instant.ofEpochSecond(sequence),
				List.of(changes));
	}

	public static RoutedChange insert(int ordinal, RowType type, String owner, String title) {
		return new RoutedChange(ordinal, partition(type, owner), new Change.Insert(row(type, owner, title)));
	}

	public static RoutedChange truncate(int ordinal, RowType type) {
		return new RoutedChange(ordinal, null, new Change.Truncate(type));
	}

	public static Row row(RowType type, @Nullable String owner, String title) {
		return new Row(type, new Object[] { "key of " + title, owner, title });
	}

	/**
	 * A history with everything in it that a journal has to keep apart.
	 */
	public static List<RoutedTransaction> history(Random random, int length, int owners) {
		List<RoutedTransaction> history = new ArrayList<>();
		long sequence = 0;
		for (int i = 0; i < length; i++) {
			sequence += 1 + random.nextInt(5);
			history.add(transaction(sequence, changes(random, owners)));
		}
		return history;
	}

	private static RoutedChange[] changes(Random random, int owners) {
		RoutedChange[] changes = new RoutedChange[(random.nextInt(20) == 0) ? 40 : random.nextInt(4)];
		for (int i = 0; i < changes.length; i++) {
			RowType type = random.nextBoolean() ? TICKETS : CHATS;
			String owner = "owner " + random.nextInt(owners);
			changes[i] = switch (random.nextInt(13)) {
				case 12 ->
					new RoutedChange(i, Partition.unowned(type.name()), new Change.Insert(row(type, null, "n" + i)));
				case 0 -> truncate(i, type);
				case 1 -> new RoutedChange(i, null, new Change.Reset(type.name(), ResetReason.SCHEMA));
				case 2, 3 -> new RoutedChange(i, partition(type, owner), new Change.Delete(row(type, owner, "d" + i)));
				case 4, 5, 6 -> new RoutedChange(i, partition(type, owner),
						new Change.Update(row(type, owner, "b" + i), row(type, owner, "a" + i)));
				default -> insert(i, type, owner, "i" + i);
			};
		}
		return changes;
	}

	/**
	 * What a transaction is for one partition, as text that is equal for equal content.
	 */
	public static String describe(RoutedTransaction transaction, Partition reader) {
		StringBuilder text = new StringBuilder().append(transaction.sequence())
			.append(' ')
			.append(transaction.xid())
			.append(' ')
			.append(transaction.commitTime());
		transaction.changes()
			.stream()
			.filter((change) -> change.concerns(reader))
			.forEach((change) -> text.append("\n").append(describe(change)));
		return text.toString();
	}

	private static String describe(RoutedChange change) {
		Partition partition = change.partition();
		String owner = (partition != null) ? String.valueOf(partition.owner()) : "*";
		return change.ordinal() + " " + owner + " " + change.change().table() + " " + describe(change.change());
	}

	private static String describe(Change change) {
		if (change instanceof Change.Insert insert) {
			return "+" + describe(insert.row());
		}
		if (change instanceof Change.Update update) {
			return describe(update.before()) + " > " + describe(update.after());
		}
		if (change instanceof Change.Delete delete) {
			return "-" + describe(delete.before());
		}
		return (change instanceof Change.Reset reset) ? "reset " + reset.reason() : "truncate";
	}

	private static String describe(Row row) {
		return row.get(0) + "|" + row.get(1) + "|" + row.get(2);
	}

}
