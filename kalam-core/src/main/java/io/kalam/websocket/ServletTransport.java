package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;

import io.kalam.protocol.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * A socket of a servlet container. What happens to it is run as the connection's own
 * tasks, on its threads: none of the container's is kept. It is read when a frame is
 * wanted and written a slice at a time.
 */
final class ServletTransport implements Transport, Wire.Listener {

	private static final int INPUT = 4 * 1024;

	private final Wire wire;

	private final Connection connection;

	private final Stay stay;

	private final FrameReader reader;

	private final FrameWriter writer = new FrameWriter();

	private final ByteBuffer input = ByteBuffer.allocate(INPUT).limit(0);

	private boolean wanted;

	private boolean reading;

	private boolean writing;

	private boolean sending;

	private boolean closing;

	private boolean closedByClient;

	/**
	 * A transport that waits for {@link #open}.
	 * @param wire the socket
	 * @param connections where the connection is kept
	 * @param patience how long the client may take to answer a close frame
	 */
	ServletTransport(Wire wire, RealtimeConnections connections, Duration patience) {
		this.wire = wire;
		this.reader = new FrameReader(connections.maxMessageSize());
		this.connection = connections.create(this);
		this.stay = new Stay(connections, this.connection, patience, wire::close);
	}

	/**
	 * Starts.
	 * @param token the token of the upgrade request, or {@code null}
	 */
	void open(@Nullable String token) {
		this.stay.begin();
		this.connection.open(token);
	}

	@Override
	public boolean send(List<OutboundFrame> frames) {
		if (!this.closing) {
			frames.forEach(this.writer::add);
			this.sending = true;
			flush();
		}
		return false;
	}

	@Override
	public long pending() {
		return this.writer.pending();
	}

	@Override
	public void request() {
		this.wanted = true;
		receive();
	}

	@Override
	public void close(CloseReason reason) {
		if (!this.closing) {
			this.writer.addClose(reason);
			startClosing();
			request();
		}
	}

	private void startClosing() {
		this.closing = true;
		this.stay.leave();
		flush();
	}

	private void flush() {
		if (this.writing || this.stay.isOver()) {
			return;
		}
		if (this.writer.pending() > 0) {
			this.writing = true;
			this.wire.write(this.writer.next(), this);
			return;
		}
		if (this.sending) {
			this.sending = false;
			this.connection.written();
		}
		if (this.closedByClient) {
			this.stay.end();
		}
	}

	private void receive() {
		while (this.wanted && !this.reading && !this.stay.isOver()) {
			InboundFrame frame = this.reader.next(this.input);
			if (frame != null) {
				take(frame);
			}
			else if (this.reader.isClosed()) {
				this.wanted = false;
				answerClose();
			}
			else {
				this.reading = true;
				this.wire.read(this.input.clear(), this);
			}
		}
	}

	private void take(InboundFrame frame) {
		if (!this.closing) {
			this.wanted = false;
			this.connection.received(frame);
		}
	}

	private void answerClose() {
		this.closedByClient = true;
		if (this.closing) {
			flush();
		}
		else {
			this.writer.addClose(this.reader.closeCode());
			startClosing();
		}
	}

	@Override
	public void read() {
		this.connection.execute(() -> {
			this.reading = false;
			this.input.flip();
			receive();
		});
	}

	@Override
	public void written() {
		this.connection.execute(() -> {
			this.writing = false;
			flush();
		});
	}

	@Override
	public void gone() {
		this.connection.execute(this.stay::end);
	}

}
