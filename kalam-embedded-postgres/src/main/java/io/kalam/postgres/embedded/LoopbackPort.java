package io.kalam.postgres.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on the address that the server listens on.
 */
final class LoopbackPort {

	private static final int LOWEST = 20_000;

	private static final int FIRST_OUTGOING = 32_768;

	private static final int ATTEMPTS = 10;

	private LoopbackPort() {
	}

	/**
	 * Finds a port that nobody listens on now, which may be another's a moment later.
	 * Takes one from below those that systems give to outgoing connections if it can, so
	 * that a server that restarts has its own again.
	 * @return the port
	 */
	static int findFree() {
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			int port = ThreadLocalRandom.current().nextInt(LOWEST, FIRST_OUTGOING);
			if (isFree(port)) {
				return port;
			}
		}
		return bind(0);
	}

	private static boolean isFree(int port) {
		try {
			checkFree(port);
			return true;
		}
		catch (PortInUseException ex) {
			return false;
		}
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
