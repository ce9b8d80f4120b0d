package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.stream.Collectors;

import io.kalam.catalog.PostgresSettings;

/**
 * Writes random transactions, all writers on the same few rows, so that they wait for
 * each other, collide and deadlock. Stands still while somebody holds the gate's write
 * lock.
 */
final class OracleWriter implements Callable<Void> {

	/**
	 * Duplicate key, deadlock, lock timeout, query cancelled.
	 */
	private static final Set<String> COLLISIONS = Set.of("23505", "40P01", "55P03", "57014");

	private final PostgresSettings settings;

	private final Random random;

	private final int number;

	private final String name;

	private final ReadWriteLock gate;

	private final AtomicBoolean stop;

	private final AtomicInteger commits;

	private int prepared;

	OracleWriter(PostgresSettings settings, long seed, int number, ReadWriteLock gate, AtomicBoolean stop,
			AtomicInteger commits) {
		this.settings = settings;
		this.random = new Random(seed * 31 + number);
		this.number = number;
		this.name = "oracle_" + settings.database() + "_" + number;
		this.gate = gate;
		this.stop = stop;
		this.commits = commits;
	}

	@Override
	public Void call() throws SQLException {
		try (Connection connection = this.settings.connect(); Statement statement = connection.createStatement()) {
			statement.execute("SET deadlock_timeout = '20ms'; SET lock_timeout = '500ms'; SET TimeZone = 'UTC'");
			while (!this.stop.get()) {
				this.gate.readLock().lock();
				try {
					transaction(statement);
				}
				finally {
					this.gate.readLock().unlock();
				}
				statement.execute("SELECT pg_sleep(0.001 * " + this.random.nextInt(12) + ")");
			}
		}
		return null;
	}

	private void transaction(Statement statement) throws SQLException {
		statement.execute("BEGIN");
		try {
			int savepoints = 0;
			for (int i = 1 + this.random.nextInt(5); i > 0; i--) {
				if (this.random.nextInt(4) == 0) {
					statement.execute("SAVEPOINT s" + savepoints++);
				}
				statement.execute(operation());
				if (savepoints > 0 && this.random.nextInt(4) == 0) {
					statement.execute((this.random.nextBoolean() ? "ROLLBACK TO s" : "RELEASE s") + --savepoints);
				}
				if (this.random.nextInt(50) == 0) {
					statement.execute("SELECT pg_sleep(0.001 * " + this.random.nextInt(200) + ")");
				}
			}
			end(statement);
		}
		catch (SQLException ex) {
			if (!COLLISIONS.contains(ex.getSQLState())) {
				throw ex;
			}
			statement.execute("ROLLBACK");
		}
	}

	private void end(Statement statement) throws SQLException {
		int choice = this.random.nextInt(40);
		if (choice < 4) {
			statement.execute("ROLLBACK");
			return;
		}
		if (choice < 6) {
			String transaction = "'" + this.name + "_" + this.prepared++ + "'";
			statement.execute("PREPARE TRANSACTION " + transaction);
			statement.execute(((choice == 4) ? "COMMIT" : "ROLLBACK") + " PREPARED " + transaction);
			this.commits.addAndGet((choice == 4) ? 1 : 0);
			return;
		}
		statement.execute("COMMIT");
		this.commits.incrementAndGet();
	}

	private String operation() {
		if (this.random.nextInt(4) == 0) {
			return OracleStreams.operation(this.random);
		}
		OracleTable table = this.random.nextBoolean() ? OracleTable.NOTES : OracleTable.BOARD;
		int choice = this.random.nextInt(200);
		if (choice == 0) {
			return truncate(table);
		}
		if (choice == 1) {
			return bulk();
		}
		if (choice <= 6) {
			return swapKeys();
		}
		return switch (choice % 10) {
			case 0, 1 -> "INSERT INTO " + table.sql() + " VALUES " + rows(table) + " ON CONFLICT DO NOTHING";
			case 2 -> upsert(table);
			case 3, 4 -> update(table, table.someKey(this.random));
			case 5 -> update(table, RandomQuery.condition(table, this.random));
			case 6 -> "UPDATE notes SET owner = " + value(OracleTable.NOTES, "owner") + " WHERE "
					+ OracleTable.NOTES.someKey(this.random);
			case 7 -> changeKey(table);
			case 8 -> "DELETE FROM " + table.sql() + " WHERE " + guarded(table, table.someKey(this.random));
			default -> (this.random.nextInt(12) == 0) ? "DELETE FROM " + table.sql() + " WHERE "
					+ guarded(table, RandomQuery.condition(table, this.random)) : transfer();
		};
	}

	private static String truncate(OracleTable table) {
		return (table == OracleTable.NOTES) ? "TRUNCATE notes" : "TRUNCATE board; " + OracleTable.OPEN_ACCOUNTS;
	}

	/**
	 * More changes than one event holds.
	 */
	private String bulk() {
		String owner = OracleTable.NOTES.column("owner").sort().literal(this.random);
		return "INSERT INTO notes SELECT g, " + owner + ", g % 7 FROM generate_series(1000, 3200) g "
				+ "ON CONFLICT DO NOTHING; DELETE FROM notes WHERE id >= 1000";
	}

	private String rows(OracleTable table) {
		StringBuilder rows = new StringBuilder();
		for (int i = this.random.nextInt(6); i >= 0; i--) {
			rows.append(row(table)).append((i > 0) ? ", " : "");
		}
		return rows.toString();
	}

	private String row(OracleTable table) {
		return table.columns()
			.stream()
			.map((column) -> column.sort().value(this.random))
			.collect(Collectors.joining(", ", "(", ")"));
	}

	private String upsert(OracleTable table) {
		String set = table.columns()
			.stream()
			.filter((column) -> !table.key().contains(column.name()))
			.map((column) -> column.name() + " = EXCLUDED." + column.name())
			.collect(Collectors.joining(", "));
		return "INSERT INTO " + table.sql() + " VALUES " + row(table) + " ON CONFLICT ("
				+ String.join(", ", table.key()) + ") DO UPDATE SET " + set;
	}

	private String update(OracleTable table, String condition) {
		Map<String, OracleTable.Sort> columns = table.columns()
			.stream()
			.filter((column) -> !table.key().contains(column.name()))
			.collect(Collectors.toMap(OracleTable.OracleColumn::name, OracleTable.OracleColumn::sort));
		String name = columns.keySet().stream().sorted().toList().get(this.random.nextInt(columns.size()));
		String value = switch (this.random.nextInt(6)) {
			case 0 -> name;
			default -> columns.get(name).value(this.random);
		};
		return "UPDATE " + table.sql() + " SET " + name + " = " + value + " WHERE " + guarded(table, condition);
	}

	private String changeKey(OracleTable table) {
		String name = table.key().get(this.random.nextInt(table.key().size()));
		return "UPDATE " + table.sql() + " SET " + name + " = " + value(table, name) + ", n = " + value(table, "n")
				+ " WHERE " + guarded(table, table.someKey(this.random));
	}

	/**
	 * Two rows, which may have different owners, take each other's key.
	 */
	private String swapKeys() {
		String one = OracleTable.NOTES.someKey(this.random);
		String other = OracleTable.NOTES.someKey(this.random);
		String aside = "id = -" + (1 + this.number);
		return move(one, aside) + "; " + move(other, one) + "; " + move(aside, other);
	}

	private static String move(String from, String to) {
		return "UPDATE notes SET " + to + " WHERE " + from;
	}

	private String transfer() {
		int amount = 1 + this.random.nextInt(5);
		return account(amount) + "; " + account(-amount);
	}

	private String account(int amount) {
		return "UPDATE board SET n = n + (" + amount + ") WHERE b = " + OracleTable.ACCOUNT + " AND a = "
				+ (1 + this.random.nextInt(OracleTable.ACCOUNTS));
	}

	private String value(OracleTable table, String column) {
		return table.column(column).sort().value(this.random);
	}

	private static String guarded(OracleTable table, String condition) {
		return (table == OracleTable.BOARD) ? "b <> " + OracleTable.ACCOUNT + " AND (" + condition + ")" : condition;
	}

}
