package io.kalam.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The creation of a slot that is under way, on a connection and a thread of its own.
 * <p>
 * It goes through the SQL function: its statement can be cancelled by any other
 * connection, Postgres itself drops the unfinished slot when it is, and
 * {@code client_connection_check_interval} makes the server notice that we have died
 * while it waits. A {@code CREATE_REPLICATION_SLOT} command would have to be cancelled by
 * killing its WAL sender.
 */
final class SlotCreation implements AutoCloseable {

	private static final String UNLIMITED = """
			SELECT set_config(name, CASE name WHEN 'client_connection_check_interval' THEN '1s' ELSE '0' END, false)
			FROM pg_settings WHERE name IN ('statement_timeout', 'lock_timeout', 'transaction_timeout',
				'client_connection_check_interval')
			""";

	private static final String BLOCKING = """
			SELECT h.pid, p.gid, coalesce(a.usename, p.owner) AS user, a.application_name,
				coalesce(a.datname, p.database) AS database, coalesce(a.xact_start, p.prepared) AS since
			FROM pg_locks w JOIN pg_locks h ON h.locktype = w.locktype AND h.transactionid = w.transactionid AND h.granted
				LEFT JOIN pg_stat_activity a ON a.pid = h.pid
				LEFT JOIN pg_prepared_xacts p ON p.transaction = h.transactionid
			WHERE w.pid = ? AND w.locktype = 'transactionid' AND NOT w.granted
			""";

	private static final String TERMINATE = "SELECT pg_terminate_backend(?, 5000)";

	private static final long CANCEL_SECONDS = 2;

	private final String name;

	private final Connection control;

	private final Connection worker;

	private final int pid;

	private final PreparedStatement statement;

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private SlotCreation(String name, Connection control, Connection worker) throws SQLException {
		this.name = name;
		this.control = control;
		this.worker = worker;
		this.pid = unlimit(worker);
		this.statement = worker.prepareStatement(ReplicationSlot.call("?, ?", ServerState.read(worker).version()));
		this.statement.setString(1, name);
		this.statement.setString(2, ReplicationSlot.PLUGIN);
	}

	static SlotCreation start(PostgresSettings settings, String name) throws SQLException {
		Connection control = settings.connect();
		Connection worker = null;
		try {
			worker = settings.connect();
			SlotCreation creation = new SlotCreation(name, control, worker);
			Thread thread = new Thread(creation::run, "kalam-slot-creation");
			thread.setDaemon(true);
			thread.start();
			return creation;
		}
		catch (SQLException ex) {
			control.close();
			if (worker != null) {
				worker.close();
			}
			throw ex;
		}
	}

	private static int unlimit(Connection worker) throws SQLException {
		worker.setNetworkTimeout(Runnable::run, 0);
		try (Statement statement = worker.createStatement()) {
			statement.execute(UNLIMITED);
			try (ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
				row.next();
				return row.getInt(1);
			}
		}
	}

	private void run() {
		try {
			this.statement.execute();
			this.done.complete(null);
		}
		catch (SQLException | RuntimeException ex) {
			this.done.completeExceptionally(ex);
		}
	}

	/**
	 * Waits for the end of the creation.
	 * @param time how long at the most
	 * @return whether it has ended well
	 */
	boolean await(Duration time) throws SQLException, InterruptedException {
		try {
			this.done.get(time.toMillis(), TimeUnit.MILLISECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			if (!(ex.getCause() instanceof SQLException failure)) {
				throw new IllegalStateException("The creation of slot " + this.name + " failed", ex.getCause());
			}
			if ("42710".equals(failure.getSQLState())) {
				throw new DatabaseUnavailableException("Another process has just created the slot " + this.name,
						failure);
			}
			throw failure;
		}
	}

	List<BlockingTransaction> blocking() throws SQLException {
		try (PreparedStatement blocking = this.control.prepareStatement(BLOCKING)) {
			blocking.setInt(1, this.pid);
			List<BlockingTransaction> found = new ArrayList<>();
			try (ResultSet row = blocking.executeQuery()) {
				while (row.next()) {
					found.add(BlockingTransaction.from(row));
				}
			}
			return found;
		}
	}

	SlotState slot() throws SQLException {
		SlotState slot = ReplicationSlot.read(this.control, this.name);
		if (slot == null) {
			throw new DatabaseUnavailableException("Somebody has dropped the slot " + this.name + " again", null);
		}
		return slot;
	}

	/**
	 * Cancels the creation if it hasn't ended, and sees to it that no slot is left.
	 */
	@Override
	public void close() throws SQLException {
		try (this.control; this.worker) {
			if (!this.done.isDone()) {
				cancel();
			}
		}
	}

	private void cancel() throws SQLException {
		this.statement.cancel();
		if (!ended()) {
			try (PreparedStatement terminate = this.control.prepareStatement(TERMINATE)) {
				terminate.setInt(1, this.pid);
				terminate.execute();
			}
		}
		if (this.done.isDone() && !this.done.isCompletedExceptionally()) {
			ReplicationSlot.drop(this.control, this.name);
		}
	}

	private boolean ended() {
		try {
			this.done.get(CANCEL_SECONDS, TimeUnit.SECONDS);
			return true;
		}
		catch (ExecutionException ex) {
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
