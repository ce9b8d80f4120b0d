package io.kalam.capture.debezium;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;

import io.debezium.connector.postgresql.connection.LogicalDecodingMessage;
import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationMessage;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import io.kalam.catalog.KalamSchema;
import io.kalam.catalog.TableName;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's replication stream. Waits for the socket where Debezium would sleep, and
 * hands over what was decoded before Debezium makes records of it: those would hold less
 * than what was sent, and where a transaction ends is lost with them under some messages.
 */
final class WaitingStream implements ReplicationStream {

	private static final int WAIT = 250;

	private static final Duration SILENCE = Duration.ofSeconds(60);

	private final ReplicationStream stream;

	private final WaitableSocket socket;

	private final Capture capture;

	private final Handoff handoff;

	private final StatusUpdates statusUpdates;

	private final RelationReader relations;

	private boolean announced;

	private long weighed;

	private long heard = System.nanoTime();

	WaitingStream(ReplicationStream stream, WaitableSocket socket, RelationReader relations, Capture capture) {
		this.stream = stream;
		this.socket = socket;
		this.relations = relations;
		this.capture = capture;
		this.handoff = capture.handoff();
		this.statusUpdates = new StatusUpdates(stream, capture.gate());
	}

	@Override
	public void read(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
		while (!readPending(processor) && !this.handoff.isClosed()) {
			this.handoff.flush();
		}
	}

	@Override
	public boolean readPending(ReplicationMessageProcessor processor) throws SQLException, InterruptedException {
		if (!this.announced) {
			announce();
		}
		if (this.handoff.isClosed()) {
			return false;
		}
		try {
			return readOrWait(this::process);
		}
		catch (IOException | SQLException ex) {
			if (this.handoff.isClosed()) {
				return false;
			}
			throw (ex instanceof SQLException sql) ? sql
					: new SQLException("The connection to the database was lost", SqlState.CONNECTION_FAILURE, ex);
		}
	}

	private void announce() throws InterruptedException {
		Thread.currentThread().setName("kalam-stream-" + this.capture.settings().slot());
		this.announced = true;
		put(new Captured.Streaming());
		this.handoff.flush();
	}

	private boolean readOrWait(ReplicationMessageProcessor processor)
			throws SQLException, IOException, InterruptedException {
		if (this.stream.readPending(processor)) {
			return true;
		}
		this.handoff.flush();
		if (this.socket.await(WAIT)) {
			this.heard = System.nanoTime();
			return this.stream.readPending(processor);
		}
		if (System.nanoTime() - this.heard > SILENCE.toNanos()) {
			throw new IOException("Nothing came from the database for " + SILENCE.toSeconds() + " seconds");
		}
		return false;
	}

	private void process(ReplicationMessage message) throws InterruptedException {
		switch (message.getOperation()) {
			case BEGIN -> begin(message);
			case COMMIT -> put(new Captured.Commit(position()));
			case MESSAGE -> message((LogicalDecodingMessage) message);
			case INSERT, UPDATE, DELETE, TRUNCATE -> change(message);
			default -> {
			}
		}
	}

	private void put(Captured captured) throws InterruptedException {
		long received = this.socket.received();
		this.handoff.put(captured, received - this.weighed);
		this.weighed = received;
	}

	private void begin(ReplicationMessage message) throws InterruptedException {
		long xid = message.getTransactionId().orElseThrow() & 0xFFFFFFFFL;
		put(new Captured.Begin(xid, Objects.requireNonNull(message.getCommitTime())));
	}

	private void message(LogicalDecodingMessage message) throws InterruptedException {
		boolean transactional = message.getTransactionId().isPresent();
		if (!transactional && message.getPrefix().equals(this.capture.settings().messagePrefix())) {
			put(new Captured.Message(position()));
		}
		else if (transactional) {
			event(message.getPrefix(), message.getContent());
		}
	}

	private void event(String prefix, byte[] content) throws InterruptedException {
		TableName stream = KalamSchema.streamOf(prefix);
		if (stream != null) {
			put(new Captured.Event(stream, content));
		}
	}

	private io.kalam.catalog.Lsn position() {
		return new io.kalam.catalog.Lsn(Objects.requireNonNull(this.stream.lastReceivedLsn()).asLong());
	}

	private void change(ReplicationMessage message) throws InterruptedException {
		if (message instanceof ReplicationMessage.NoopMessage) {
			return;
		}
		Relation relation = this.relations.relation(message);
		List<ReplicationMessage.Column> old = message.getOldTupleList();
		Tuple before = (old != null) ? this.relations.tuple(relation, old, null) : null;
		put(switch (message.getOperation()) {
			case INSERT -> new Captured.Inserted(relation, after(relation, message, null));
			case UPDATE -> new Captured.Updated(relation, before, after(relation, message, before));
			case DELETE -> new Captured.Deleted(relation, Objects.requireNonNull(before));
			default -> new Captured.Truncated(relation);
		});
	}

	private Tuple after(Relation relation, ReplicationMessage message, @Nullable Tuple before) {
		return this.relations.tuple(relation, message.getNewTupleList(), before);
	}

	@Override
	public void flushLsn(Lsn lsn) {
		// what Debezium takes for processed is not what was acknowledged
	}

	@Override
	public @Nullable Lsn lastReceivedLsn() {
		return this.stream.lastReceivedLsn();
	}

	@Override
	public Lsn startLsn() {
		return this.stream.startLsn();
	}

	@Override
	public void startKeepAlive(ExecutorService service) {
		service.execute(this.statusUpdates);
		service.shutdown();
	}

	@Override
	public void stopKeepAlive() {
		this.statusUpdates.stop();
	}

	@Override
	public void close() throws SQLException {
		try {
			this.stream.close();
		}
		catch (SQLException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new SQLException("The replication stream could not be closed", ex);
		}
	}

}
