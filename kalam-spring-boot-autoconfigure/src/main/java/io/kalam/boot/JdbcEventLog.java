package io.kalam.boot;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

import javax.sql.DataSource;

import io.kalam.operations.EventLog;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes events in the transaction of the thread that subscribes, which waits for it. A
 * thread that must not be blocked has none, and leaves the waiting to others.
 */
final class JdbcEventLog implements EventLog {

	private final DataSource dataSource;

	private final JdbcTemplate jdbc;

	JdbcEventLog(DataSource dataSource) {
		this.dataSource = dataSource;
		this.jdbc = new JdbcTemplate(dataSource);
	}

	@Override
	public boolean isInTransaction() {
		return TransactionSynchronizationManager.hasResource(this.dataSource);
	}

	@Override
	public Mono<Void> write(String prefix, byte[] content) {
		return Mono.defer(() -> {
			Mono<Void> written = Mono
				.fromRunnable(() -> this.jdbc.execute((Connection connection) -> write(connection, prefix, content)));
			return Schedulers.isInNonBlockingThread() ? written.subscribeOn(Schedulers.boundedElastic()) : written;
		});
	}

	/**
	 * Writes, and commits if nobody else will: a pool may give connections without
	 * auto-commit.
	 */
	private boolean write(Connection connection, String prefix, byte[] content) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT pg_logical_emit_message(true, ?::text, ?::bytea)")) {
			statement.setString(1, prefix);
			statement.setBytes(2, content);
			statement.execute();
		}
		if (!isInTransaction() && !connection.getAutoCommit()) {
			connection.commit();
		}
		return true;
	}

}
