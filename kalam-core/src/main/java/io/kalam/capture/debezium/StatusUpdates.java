package io.kalam.capture.debezium;

import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.debezium.connector.postgresql.connection.Lsn;
import io.debezium.connector.postgresql.connection.ReplicationStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Postgres twice a second what was acknowledged, which also keeps the connection
 * alive while nobody reads from it, and asks for an answer, which tells a dead connection
 * from a quiet one.
 */
final class StatusUpdates implements Runnable {

	private static final Logger logger = LoggerFactory.getLogger(StatusUpdates.class);

	private static final long INTERVAL = 500;

	private final ReplicationStream stream;

	private final Gate gate;

	private final CountDownLatch stopped = new CountDownLatch(1);

	StatusUpdates(ReplicationStream stream, Gate gate) {
		this.stream = stream;
		this.gate = gate;
	}

	@Override
	public void run() {
		Thread.currentThread().setName("kalam-acknowledge");
		try {
			do {
				update();
			}
			while (!this.stopped.await(INTERVAL, TimeUnit.MILLISECONDS));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (SQLException ex) {
			logger.debug("The status could not be sent; whoever reads the stream finds out why", ex);
		}
	}

	/**
	 * Ends the updates with a last one, so that an orderly restart delivers nothing again
	 * that was acknowledged.
	 */
	void stop() {
		if (this.stopped.getCount() == 0) {
			return;
		}
		this.stopped.countDown();
		try {
			update();
		}
		catch (SQLException ex) {
			logger.debug("The last status could not be sent", ex);
		}
	}

	private void update() throws SQLException {
		this.stream.flushLsn(Lsn.valueOf(this.gate.acknowledged().value()));
	}

}
