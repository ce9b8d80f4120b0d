package io.kalam.capture.debezium;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

import io.debezium.DebeziumException;
import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.connector.postgresql.PostgresConnectorTask;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.connector.postgresql.connection.ReplicationConnection;
import io.debezium.pipeline.ChangeEventSourceCoordinator;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Debezium's task with our stream, and without commits of its own. What is read goes to a
 * consumer on the thread that polls.
 */
final class CaptureTask extends PostgresConnectorTask {

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private final Capture capture;

	private final Consumer<Captured> consumer;

	private boolean started;

	CaptureTask(Capture capture, Consumer<Captured> consumer) {
		this.capture = capture;
		this.consumer = consumer;
	}

	@Override
	public ChangeEventSourceCoordinator<PostgresPartition, PostgresOffsetContext> start(Configuration config) {
		this.started = true;
		try {
			return super.start(config);
		}
		catch (RetriableException ex) {
			throw new DebeziumException("The connector could not be started", ex);
		}
	}

	/**
	 * Whether there is something to stop.
	 * @return whether the task has ever begun to start
	 */
	boolean isStarted() {
		return this.started;
	}

	@Override
	protected ReplicationConnection buildReplicationConnection(PostgresConnection jdbcConnection, PostgresSchema schema,
			PostgresConnectorConfig connectorConfig) throws SQLException {
		ReplicationConnection connection = super.buildReplicationConnection(jdbcConnection, schema, connectorConfig);
		RelationReader relations = new RelationReader(schema, jdbcConnection.getTypeRegistry(),
				this.capture.settings().rowTypes());
		return new WaitingConnection(connection, relations, this.capture);
	}

	/**
	 * Hands over what has come. Debezium's own queue is asked only when nothing has: it
	 * is always empty, and throws what has ended the streaming thread.
	 */
	@Override
	public List<SourceRecord> doPoll() throws InterruptedException {
		Queue<Captured> taken = this.capture.handoff().take(PATIENCE);
		if (taken.isEmpty() && !this.capture.handoff().isClosed()) {
			return super.doPoll();
		}
		taken.forEach(this.consumer);
		return List.of();
	}

	@Override
	public void commit() {
	}

	@Override
	public void performCommit() {
	}

}
