package io.kalam.websocket;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import io.kalam.access.RealtimeUser;
import io.kalam.protocol.CloseReason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event stream of a servlet container. It is written when the container says that it
 * can be, a slice at a time, so that no thread waits for the client.
 */
final class ServletEventStream implements Transport, WriteListener, AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(ServletEventStream.class);

	private static final int SLICE = 8 * 1024;

	/**
	 * How long a client may take for what was written before the end. Then the container
	 * has the socket: it keeps no thread for it, and closes it when the client has taken
	 * the rest, or nothing for as long as its own timeout is.
	 */
	private static final Duration LINGER = Duration.ofSeconds(5);

	private final AsyncContext async;

	private final ServletOutputStream out;

	private final Connection connection;

	private final Stay stay;

	private final Deque<byte[]> queue = new ArrayDeque<>();

	private int offset;

	private boolean sending;

	private boolean flushing;

	private boolean closing;

	private long pending;

	/**
	 * A stream that waits for {@link #open}.
	 * @param async the request, which is asynchronous
	 * @param out what is written to
	 * @param connections where the connection is kept
	 */
	ServletEventStream(AsyncContext async, ServletOutputStream out, RealtimeConnections connections) {
		this.async = async;
		this.out = out;
		this.connection = connections.create(this);
		this.stay = new Stay(connections, this.connection, LINGER, this::complete);
	}

	/**
	 * Starts.
	 * @param user whose it is
	 * @param request what the user follows
	 */
	void open(RealtimeUser user, EventStreamRequest request) {
		this.async.addListener(this);
		this.out.setWriteListener(this);
		this.stay.begin();
		this.connection.open(user, request);
	}

	@Override
	public boolean send(List<OutboundFrame> frames) {
		this.sending = true;
		add(EventStreamWriter.write(frames));
		return false;
	}

	@Override
	public void close(CloseReason reason) {
		this.closing = true;
		add(EventStreamWriter.writeClose(reason));
		this.stay.leave();
	}

	private void add(byte[] bytes) {
		if (bytes.length > 0) {
			this.queue.add(bytes);
			this.pending += bytes.length;
		}
		flush();
	}

	private void flush() {
		try {
			while (!this.stay.isOver() && this.out.isReady()) {
				if (!step()) {
					return;
				}
			}
		}
		catch (IOException ex) {
			this.stay.end();
		}
	}

	/**
	 * Does the next thing.
	 * @return whether there may be another one
	 */
	private boolean step() throws IOException {
		byte[] next = this.queue.peek();
		if (next != null) {
			write(next);
			return true;
		}
		if (this.flushing) {
			this.flushing = false;
			this.out.flush();
			return true;
		}
		if (this.sending) {
			this.sending = false;
			this.connection.written();
		}
		if (this.closing) {
			this.stay.end();
		}
		return false;
	}

	private void write(byte[] bytes) throws IOException {
		int length = Math.min(SLICE, bytes.length - this.offset);
		this.out.write(bytes, this.offset, length);
		this.offset += length;
		this.pending -= length;
		this.flushing = true;
		if (this.offset == bytes.length) {
			this.offset = 0;
			this.queue.remove();
		}
	}

	private void complete() {
		this.queue.clear();
		try {
			this.async.complete();
		}
		catch (IllegalStateException ex) {
			logger.debug("The container has completed the request itself", ex);
		}
	}

	@Override
	public long pending() {
		return this.pending;
	}

	/**
	 * The client has nothing to say.
	 */
	@Override
	public void request() {
	}

	@Override
	public void onWritePossible() {
		this.connection.execute(this::flush);
	}

	/**
	 * The client has gone, or has taken nothing for as long as the container waits, which
	 * may be less than we would.
	 */
	@Override
	public void onError(Throwable ex) {
		this.connection.execute(() -> {
			if (ex instanceof SocketTimeoutException) {
				this.connection.close(CloseReason.STALLED);
			}
			this.stay.end();
		});
	}

	@Override
	public void onError(AsyncEvent event) {
		this.connection.execute(this.stay::end);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		this.connection.execute(this.stay::end);
	}

	@Override
	public void onComplete(AsyncEvent event) {
		this.connection.execute(this.stay::end);
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

}
