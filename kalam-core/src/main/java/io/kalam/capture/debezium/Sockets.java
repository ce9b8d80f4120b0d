package io.kalam.capture.debezium;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The sockets of one source's connections: the one of its stream, to be waited for, and
 * all of them, to be cut off when nothing else ends a wait for the database. Also what
 * the driver needs and Debezium is not to know.
 */
final class Sockets implements AutoCloseable {

	private static final Map<String, Sockets> SOURCES = new ConcurrentHashMap<>();

	private final String source;

	private final String keyPassword;

	private final @Nullable InetAddress host;

	private final List<WaitableSocket> sockets = new CopyOnWriteArrayList<>();

	private volatile boolean closed;

	private Sockets(DebeziumSettings settings) {
		this.source = settings.topicPrefix();
		this.keyPassword = settings.postgres().properties().getOrDefault("sslpassword", "");
		this.host = literal(settings.postgres().host());
	}

	private static @Nullable InetAddress literal(String host) {
		try {
			return (host.indexOf(':') >= 0) ? InetAddress.getByName(host) : null;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("Write the database's host as a name or an address, not as " + host, ex);
		}
	}

	static Sockets register(DebeziumSettings settings) {
		String source = settings.topicPrefix();
		Sockets sockets = new Sockets(settings);
		Assert.state(SOURCES.putIfAbsent(source, sockets) == null, () -> "There is a source already named " + source);
		return sockets;
	}

	static Sockets of(String source) {
		return Objects.requireNonNull(SOURCES.get(source), "no such source");
	}

	String keyPassword() {
		return this.keyPassword;
	}

	WaitableSocket open() {
		WaitableSocket socket = new WaitableSocket(this.host);
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
