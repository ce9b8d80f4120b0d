package io.kalam.capture.debezium;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.util.Assert;

/**
 * The sockets of one source's connections: the one of its stream, to be waited for, and
 * all of them, to be cut off when nothing else ends a wait for the database.
 */
final class Sockets implements AutoCloseable {

	private static final Map<String, Sockets> SOURCES = new ConcurrentHashMap<>();

	private final String source;

	private final List<WaitableSocket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	private Sockets(String source) {
		this.source = source;
	}

	static Sockets register(String source) {
		Sockets sockets = new Sockets(source);
		Assert.state(SOURCES.putIfAbsent(source, sockets) == null, () -> "There is a source already named " + source);
		return sockets;
	}

	static Sockets of(String source) {
		return Objects.requireNonNull(SOURCES.get(source), "no such source");
	}

	WaitableSocket open() {
		WaitableSocket socket = new WaitableSocket();
		this.sockets.removeIf(WaitableSocket::isClosed);
		this.sockets.add(socket);
		if (this.closed) {
			close(socket);
		}
		return socket;
	}

	/**
	 * The socket that was opened last.
	 * @return the socket
	 */
	WaitableSocket latest() {
		List<WaitableSocket> open = this.sockets.stream().filter((socket) -> !socket.isClosed()).toList();
		Assert.state(!open.isEmpty(), "The driver did not use our sockets");
		return open.get(open.size() - 1);
	}

	/**
	 * Cuts off every connection, now and from now on.
	 */
	void cut() {
		this.closed = true;
		this.sockets.forEach(Sockets::close);
	}

	@Override
	public void close() {
		cut();
		SOURCES.remove(this.source, this);
	}

	private static void close(WaitableSocket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			// a socket that can't be closed is of no use to anybody either
		}
	}

}
