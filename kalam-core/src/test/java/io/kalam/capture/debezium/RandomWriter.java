package io.kalam.capture.debezium;

import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import io.kalam.catalog.PostgresSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Writes transactions of all sorts, one for each permit.
 */
final class RandomWriter extends Thread {

	private static final int KEYS = 400;

	private static final Set<String> COLLISIONS = Set.of("23505", "40P01");

	private final PostgresSettings settings;

	private final Random random;

	private final int number;

	private final Semaphore permits;

	private final AtomicBoolean done = new AtomicBoolean();

	private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

	private int written;

	RandomWriter(PostgresSettings settings, int number, long seed, Semaphore permits) {
		super("writer-" + number);
		this.settings = settings;
		this.number = number;
		this.random = new Random(seed + number);
		this.permits = permits;
	}

	void finish() throws Exception {
		this.done.set(true);
		interrupt();
		join();
		Exception failure = this.failure.get();
		if (failure != null) {
			throw failure;
		}
	}

	@Override
	public void run() {
		try (Connection connection = this.settings.connect()) {
			connection.setAutoCommit(false);
			while (!this.done.get()) {
				this.permits.acquire();
				transaction(connection);
			}
		}
		catch (InterruptedException ex) {
			interrupt();
		}
		catch (SQLException | IOException ex) {
			this.failure.set(ex);
		}
	}

	private void transaction(Connection connection) throws SQLException, IOException {
		try (Statement statement = connection.createStatement()) {
			int steps = 1 + this.random.nextInt(6);
			for (int i = 0; i < steps; i++) {
				step(connection, statement);
			}
			if (this.random.nextInt(10) == 0) {
				connection.rollback();
			}
			else {
				connection.commit();
			}
		}
		catch (SQLException ex) {
			connection.rollback();
			if (!COLLISIONS.contains(ex.getSQLState())) {
				throw ex;
			}
		}
	}

	private void step(Connection connection, Statement statement) throws SQLException, IOException {
		switch (this.random.nextInt(40)) {
			case 0, 1, 2, 3 -> copy(connection);
			case 4, 5, 6, 7 -> savepoint(connection, statement);
			case 8, 9, 10, 11 -> message(statement);
			case 12, 13, 14, 15 -> statement.execute("UPDATE items SET id = -id WHERE id = " + key());
			case 16, 17, 18, 19 -> statement.execute("DELETE FROM items WHERE abs(id) = " + key());
			case 20, 21, 22, 23 -> statement.execute("UPDATE items SET v = md5(v) WHERE id % 50 = "
					+ this.random.nextInt(50) + " AND abs(id) / " + KEYS + " = " + this.number);
			case 24 -> statement.execute("DELETE FROM copies WHERE writer = " + this.number);
			default -> insert(statement);
		}
	}

	private void insert(Statement statement) throws SQLException {
		statement.execute("INSERT INTO items SELECT i, 'w', NULL FROM generate_series(" + key() + ", " + key()
				+ ") i ON CONFLICT (id) DO UPDATE SET v = md5('u' || items.v)");
	}

	private int key() {
		return KEYS * this.number + this.random.nextInt(KEYS);
	}

	private void copy(Connection connection) throws SQLException, IOException {
		StringBuilder rows = new StringBuilder();
		int count = 20 + this.random.nextInt(180);
		for (int i = 0; i < count; i++) {
			rows.append(this.number).append('\t').append(this.written++).append("\tcopied\n");
		}
		connection.unwrap(PGConnection.class)
			.getCopyAPI()
			.copyIn("COPY copies FROM STDIN", new StringReader(rows.toString()));
	}

	private void savepoint(Connection connection, Statement statement) throws SQLException, IOException {
		Savepoint savepoint = connection.setSavepoint();
		insert(statement);
		if (this.random.nextBoolean()) {
			copy(connection);
		}
		if (this.random.nextBoolean()) {
			connection.rollback(savepoint);
		}
		else {
			connection.releaseSavepoint(savepoint);
		}
	}

	private void message(Statement statement) throws SQLException {
		String prefix = this.random.nextBoolean() ? CaptureFixture.MESSAGE_PREFIX : "other";
		statement.execute("SELECT pg_logical_emit_message(" + this.random.nextBoolean() + ", '" + prefix + "', 'm')");
	}

}
