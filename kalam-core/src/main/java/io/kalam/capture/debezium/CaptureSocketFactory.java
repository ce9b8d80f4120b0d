package io.kalam.capture.debezium;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.SocketFactory;

/**
 * Makes the sockets of a source's connections. Loaded by the JDBC driver by its name, and
 * told by its argument which source it works for.
 */
public final class CaptureSocketFactory extends SocketFactory {

	private final String source;

	/**
	 * A factory for a source.
	 * @param source the source's topic prefix
	 */
	public CaptureSocketFactory(String source) {
		this.source = source;
	}

	@Override
	public Socket createSocket() {
		return Sockets.of(this.source).open();
	}

	@Override
	public Socket createSocket(String host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(InetAddress host, int port) throws IOException {
		return connected(new InetSocketAddress(host, port));
	}

	@Override
	public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
		return connected(new InetSocketAddress(host, port));
	}

	private Socket connected(InetSocketAddress address) throws IOException {
		Socket socket = createSocket();
		socket.connect(address);
		return socket;
	}

}
