package io.kalam.websocket;

import java.util.List;
import java.util.concurrent.Executor;

import io.kalam.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A socket as its connection sees it. Called by one thread at a time; returns at once.
 * Tells the connection what happens through its own methods, from any thread.
 */
interface Transport {

	/**
	 * Writes frames in order and flushes once. Not called again before they have been
	 * written.
	 * @param frames the frames, at least one
	 * @return whether they have been written; if not, {@link Connection#written()} is
	 * called when they have
	 */
	boolean send(List<OutboundFrame> frames);

	/**
	 * Runs what is short, in order and one after the other, so that what it sends is
	 * written without another change of thread.
	 * @return the socket's event loop, or {@code null} if it has none
	 */
	default @Nullable Executor eventLoop() {
		return null;
	}

	/**
	 * How much of what was sent is still here: a number that changes while bytes leave.
	 * @return the number of bytes, or always the same if it can't be told
	 */
	long pending();

	/**
	 * Takes one more frame from the client, and no other until this is called again.
	 */
	void request();

	/**
	 * Sends a close frame behind what was written and drops whatever the client still
	 * sends, then closes the socket: when the client has answered, or after a few
	 * seconds. The last call.
	 * @param reason why
	 */
	void close(CloseReason reason);

}
