package io.kalam.websocket;

import java.time.Duration;
import java.util.concurrent.Future;

import org.jspecify.annotations.Nullable;

/**
 * A socket's stay with a servlet container. It ends when the client has taken what was
 * written before, or when the time for that is up. All but {@link #begin} is for the
 * connection's own thread.
 */
final class Stay {

	private final RealtimeConnections connections;

	private final Connection connection;

	private final Duration patience;

	private final Runnable release;

	private @Nullable Future<?> linger;

	private boolean over;

	/**
	 * A stay that waits for {@link #begin}.
	 * @param connections where the connection is kept
	 * @param connection the connection
	 * @param patience how long the client may take
	 * @param release gives the container back what is its own
	 */
	Stay(RealtimeConnections connections, Connection connection, Duration patience, Runnable release) {
		this.connections = connections;
		this.connection = connection;
		this.patience = patience;
		this.release = release;
	}

	/**
	 * The socket is there: its connection is kept until the end.
	 */
	void begin() {
		this.connections.add(this.connection);
	}

	/**
	 * The last has been said: the time begins, unless it is over already.
	 */
	void leave() {
		if (!this.over) {
			this.linger = this.connections.later(this.patience, () -> this.connection.execute(this::end));
		}
	}

	/**
	 * The socket has gone, or has nothing more to do. Idempotent.
	 */
	void end() {
		if (!this.over) {
			this.over = true;
			if (this.linger != null) {
				this.linger.cancel(false);
			}
			this.connection.disconnected();
			this.release.run();
		}
	}

	boolean isOver() {
		return this.over;
	}

}
