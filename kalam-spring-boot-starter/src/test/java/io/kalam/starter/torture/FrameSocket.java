package io.kalam.starter.torture;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A WebSocket on a plain socket with little room, from which the next message is taken
 * when the one before has been. (The JDK's now and then does not notice that the other
 * side is gone.)
 */
final class FrameSocket implements AutoCloseable {

	private static final int PATIENCE = 30_000;

	private static final int BUFFER = 16 << 10;

	private static final int FIN = 0x80;

	private static final int MASKED = 0x80;

	private static final int TEXT = 1;

	private static final int CLOSE = 8;

	private static final int PING = 9;

	private static final int PONG = 10;

	private static final String REQUEST = """
			GET %s HTTP/1.1\r
			Host: %s\r
			Upgrade: websocket\r
			Connection: Upgrade\r
			Sec-WebSocket-Version: 13\r
			Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
			\r
			""";

	private final BlockingQueue<String> received = new ArrayBlockingQueue<>(1);

	private final Socket socket = new Socket();

	private final DataInputStream input;

	private final OutputStream output;

	private final Thread reader = new Thread(this::read, "torture-socket");

	private volatile String end;

	/**
	 * Connects.
	 * @throws IOException if nobody answers as wanted
	 */
	FrameSocket(URI uri) throws IOException {
		try {
			this.socket.setReceiveBufferSize(BUFFER);
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout(PATIENCE);
			this.socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), PATIENCE);
			this.input = new DataInputStream(this.socket.getInputStream());
			this.output = this.socket.getOutputStream();
			this.output.write(REQUEST.formatted(uri.getPath(), uri.getAuthority()).getBytes(StandardCharsets.US_ASCII));
			shakeHands();
			this.socket.setSoTimeout(0);
		}
		catch (IOException ex) {
			this.socket.close();
			throw ex;
		}
		this.reader.setDaemon(true);
		this.reader.start();
	}

	private void shakeHands() throws IOException {
		StringBuilder answer = new StringBuilder();
		while (answer.indexOf("\r\n\r\n") < 0) {
			answer.append((char) this.input.readUnsignedByte());
		}
		if (!answer.toString().startsWith("HTTP/1.1 101 ")) {
			throw new EOFException("Not upgraded: " + answer);
		}
	}

	/**
	 * Sends a message.
	 * @throws IOException if the other side is gone
	 */
	void send(String message) throws IOException {
		send(TEXT, message.getBytes(StandardCharsets.UTF_8));
	}

	private synchronized void send(int opcode, byte[] payload) throws IOException {
		ByteArrayOutputStream frame = new ByteArrayOutputStream();
		frame.write(FIN | opcode);
		if (payload.length < 126) {
			frame.write(MASKED | payload.length);
		}
		else {
			frame.write(MASKED | 126);
			frame.write(payload.length >>> 8);
			frame.write(payload.length);
		}
		frame.write(new byte[4]);
		frame.write(payload);
		this.output.write(frame.toByteArray());
	}

	private void read() {
		try {
			ByteArrayOutputStream message = new ByteArrayOutputStream();
			while (this.end == null) {
				int head = this.input.readUnsignedByte();
				byte[] payload = new byte[length(this.input.readUnsignedByte())];
				this.input.readFully(payload);
				take(head, payload, message);
			}
		}
		catch (IOException ex) {
			this.end = "";
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void take(int head, byte[] payload, ByteArrayOutputStream message)
			throws IOException, InterruptedException {
		switch (head & 0x0f) {
			case PING -> send(PONG, payload);
			case CLOSE -> this.end = "closed with " + ((payload[0] & 0xff) << 8 | payload[1] & 0xff);
			default -> {
				message.write(payload);
				if ((head & FIN) != 0) {
					this.received.put(message.toString(StandardCharsets.UTF_8));
					message.reset();
				}
			}
		}
	}

	private int length(int first) throws IOException {
		return switch (first) {
			case 126 -> this.input.readUnsignedShort();
			case 127 -> Math.toIntExact(this.input.readLong());
			default -> first;
		};
	}

	/**
	 * Waits for a message.
	 * @return the message, {@code null} if there is none yet
	 * @throws ClosedException if there will be none
	 */
	String next(long millis) throws InterruptedException, ClosedException {
		boolean ended = this.end != null;
		String message = this.received.poll(ended ? 0 : millis, TimeUnit.MILLISECONDS);
		if (message == null && ended) {
			throw new ClosedException(this.end);
		}
		return message;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
		this.reader.interrupt();
	}

	/**
	 * The other side is gone; with a message if it has said so.
	 */
	static final class ClosedException extends Exception {

		ClosedException(String message) {
			super(message);
		}

	}

}
