package io.kalam.benchmark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.kalam.catalog.PostgresSettings;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/**
 * The least that reads inserted rows from a slot: the driver's stream, blocking reads,
 * and a parser for the messages that occur. The options of the slot are those that Kalam
 * reads it with.
 */
final class PlainStream implements RowSource {

	private final Connection connection;

	private final PGReplicationStream stream;

	PlainStream(PostgresSettings database, LogSequenceNumber after) throws SQLException {
		Map<String, String> properties = new HashMap<>(database.properties());
		properties.put("socketTimeout", "0");
		this.connection = new PostgresSettings(database.host(), database.port(), database.database(), database.user(),
				database.password(), properties)
			.connectForReplication();
		this.stream = this.connection.unwrap(PGConnection.class)
			.getReplicationAPI()
			.replicationStream()
			.logical()
			.withSlotName(BenchmarkDatabase.SLOT)
			.withSlotOption("proto_version", 1)
			.withSlotOption("publication_names", BenchmarkDatabase.PUBLICATION)
			.withSlotOption("messages", true)
			.withStatusInterval(10, TimeUnit.SECONDS)
			.withStartPosition(after)
			.start();
	}

	/**
	 * Reads one message; waits for it.
	 * @param listener is told if it is a row or a commit
	 * @throws SQLException if the stream has broken
	 */
	@Override
	public void read(Listener listener) throws SQLException {
		ByteBuffer message = Objects.requireNonNull(this.stream.read());
		switch (message.get()) {
			case 'I' -> listener.onInsert(row(message));
			case 'C' -> listener.onCommit(this.stream.getLastReceiveLSN());
			default -> {
			}
		}
	}

	@Override
	public void acknowledge(LogSequenceNumber position) {
		this.stream.setAppliedLSN(position);
		this.stream.setFlushedLSN(position);
	}

	private static @Nullable String[] row(ByteBuffer message) {
		message.position(message.position() + Integer.BYTES + Byte.BYTES);
		@Nullable String[] values = new @Nullable String[message.getShort()];
		for (int i = 0; i < values.length; i++) {
			values[i] = (message.get() == 't') ? text(message) : null;
		}
		return values;
	}

	private static String text(ByteBuffer message) {
		int length = message.getInt();
		String text = new String(message.array(), message.arrayOffset() + message.position(), length,
				StandardCharsets.UTF_8);
		message.position(message.position() + length);
		return text;
	}

	@Override
	public void close() throws SQLException {
		try (this.connection) {
			this.stream.close();
		}
	}

}
