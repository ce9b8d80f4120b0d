package io.kalam.capture.debezium;

import java.sql.SQLException;
import java.util.Optional;

import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.debezium.connector.postgresql.connection.WalPositionLocator;
import io.debezium.connector.postgresql.spi.SlotCreationResult;
import io.debezium.jdbc.JdbcConnection;
import io.kalam.catalog.PrintingSettings;

/**
 * Debezium's replication connection, whose stream is ours. Never creates a slot: one made
 * in place of one that is gone would be a silent gap.
 */
final class WaitingConnection implements ReplicationConnection {

	private final ReplicationConnection connection;

	private final RelationReader relations;

	private final Capture capture;

	WaitingConnection(ReplicationConnection connection, RelationReader relations, Capture capture) {
		this.connection = connection;
		this.relations = relations;
		this.capture = capture;
	}

	@Override
	public ReplicationStream startStreaming(WalPositionLocator walPosition) throws SQLException, InterruptedException {
		throw new DebeziumException("Debezium did not take the position that it was given");
	}

	@Override
	public ReplicationStream startStreaming(Lsn offset, WalPositionLocator walPosition)
			throws SQLException, InterruptedException {
		JdbcConnection jdbc = (JdbcConnection) this.connection;
		jdbc.connection(false);
		WaitableSocket socket = this.capture.sockets().latest();
		// The walsender prints rows; its session would take the login's settings.
		jdbc.execute(PrintingSettings.ofSession().toArray(String[]::new));
		ReplicationStream stream = this.connection.startStreaming(offset, walPosition);
		return new WaitingStream(stream, socket, this.relations, this.capture);
	}

	@Override
	public Optional<SlotCreationResult> createReplicationSlot() throws SQLException {
		throw new SQLException("The replication slot is gone", SqlState.UNDEFINED_OBJECT);
	}

	@Override
	public void initConnection() throws SQLException, InterruptedException {
		this.connection.initConnection();
	}

	@Override
	public boolean isConnected() throws SQLException {
		return this.connection.isConnected();
	}

	@Override
	public void reconnect() throws SQLException {
		throw new SQLException("The replication stream was lost", SqlState.CONNECTION_FAILURE);
	}

	@Override
	public void close() throws SQLException {
		try {
			this.connection.close();
		}
		catch (SQLException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new SQLException("The replication stream could not be closed", ex);
		}
	}

}
