package io.kalam.websocket;

import java.nio.ByteBuffer;

/**
 * The bytes of a socket that has been upgraded, whatever server it belongs to. At most
 * one read and one write at a time. Every method returns at once, and may be called by
 * any thread.
 */
interface Wire {

	/**
	 * Reads at least one byte.
	 * @param target where to; not to be touched until {@link Listener#read()} is told
	 * @param listener is told when there is something, or that the socket has gone
	 */
	void read(ByteBuffer target, Listener listener);

	/**
	 * Writes.
	 * @param source the bytes; not to be touched until {@link Listener#written()} is told
	 * @param listener is told when all have left, or that the socket has gone
	 */
	void write(ByteBuffer source, Listener listener);

	/**
	 * Closes the socket at once. Who waits for a read or a write may be told or not.
	 * Idempotent.
	 */
	void close();

	/**
	 * Learns what became of reads and writes. Called by any thread, also before the
	 * method that began the read or write has returned; returns at once.
	 */
	interface Listener {

		void read();

		void written();

		/**
		 * The socket has gone. Called once or more.
		 */
		void gone();

	}

}
