package io.kalam.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * Ports on the address that the server listens on.
 */
final class LoopbackPort {

	private LoopbackPort() {
	}

	/**
	 * Finds a port that nobody listens on now, which may be another's a moment later.
	 * @return the port
	 */
	static int findFree() {
		return bind(0);
	}

	/**
	 * Checks that nobody listens on a port.
	 * @param port the port
	 * @throws PortInUseException if somebody does
	 */
	static void checkFree(int port) {
		bind(port);
	}

	private static int bind(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getAllByName(EmbeddedPostgresServer.HOST)[0], port));
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new PortInUseException(port);
		}
	}

}
