package io.kalam.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.SocketFactory;

/**
 * Keeps the driver's sockets, so that a test can close them as the death of the process
 * would.
 */
public final class RecordingSocketFactory extends SocketFactory {

	private static final List<Socket> SOCKETS = new CopyOnWriteArrayList<>();

	static void closeAll() {
		try {
			for (Socket socket : SOCKETS) {
				socket.close();
			}
			SOCKETS.clear();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public Socket createSocket() {
		Socket socket = new Socket();
		SOCKETS.add(socket);
		return socket;
	}

	@Override
	public Socket createSocket(String host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress host, int port) {
		throw new UnsupportedOperationException();
	}

	@Override
	public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
		throw new UnsupportedOperationException();
	}

}
