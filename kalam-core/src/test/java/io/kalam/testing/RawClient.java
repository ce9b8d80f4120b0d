package io.kalam.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that is nothing but a TCP socket with a small window: it reads what it is told
 * to read and no more, and sends whatever it likes.
 */
public final class RawClient implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Charset LATIN = StandardCharsets.ISO_8859_1;

	private final Socket socket;

	public RawClient(int port) {
		this.socket = new Socket();
		try {
			this.socket.setReceiveBufferSize(4096);
			this.socket.setSoTimeout((int) PATIENCE.toMillis());
			this.socket.connect(new InetSocketAddress("127.0.0.1", port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Connects, and has a WebSocket of a user who understands transactions.
	 */
	public static RawClient webSocket(int port, String token) {
		RawClient client = new RawClient(port).send(upgrade());
		assertThat(client.readUpTo("\r\n\r\n")).startsWith("HTTP/1.1 101");
		client.say("{\"type\":\"authenticate\",\"method\":\"jwt\",\"token\":\"" + token
				+ "\",\"protocol\":{\"transactions\":true}}");
		client.readUpTo("\"auth_success\"");
		return client;
	}

	/**
	 * Connects, and follows a query as an event stream.
	 */
	public static RawClient eventStream(int port, String token, String sql) {
		RawClient client = new RawClient(port)
			.send("GET " + EventStreamClient.PATH + "?sql=" + EventStreamClient.encoded(sql)
					+ " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + token + "\r\n\r\n");
		assertThat(client.readUpTo("\r\n\r\n")).startsWith("HTTP/1.1 200");
		return client;
	}

	/**
	 * A request that asks for a WebSocket.
	 * @param headers more headers
	 */
	public static String upgrade(String... headers) {
		String more = (headers.length > 0) ? String.join("\r\n", headers) + "\r\n" : "";
		return """
				GET /v1/ws HTTP/1.1\r
				Host: 127.0.0.1\r
				Upgrade: websocket\r
				Connection: Upgrade\r
				Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
				Sec-WebSocket-Version: 13\r
				""" + more + "\r\n";
	}

	/**
	 * A frame that is masked, with a mask of zeros.
	 * @param head its first byte
	 */
	public static byte[] frame(int head, byte[] payload) {
		ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) head);
		if (payload.length < 126) {
			frame.put((byte) (0x80 | payload.length));
		}
		else {
			frame.put((byte) 0xfe).putShort((short) payload.length);
		}
		frame.putInt(0).put(payload).flip();
		byte[] bytes = new byte[frame.remaining()];
		frame.get(bytes);
		return bytes;
	}

	public RawClient send(String text) {
		return send(text.getBytes(LATIN));
	}

	public RawClient send(byte[] bytes) {
		try {
			this.socket.getOutputStream().write(bytes);
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Sends a message over a WebSocket.
	 */
	public RawClient say(String message) {
		return send(frame(0x81, message.getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Reads a byte at a time until something has come.
	 * @return all that was read
	 */
	public String readUpTo(String end) {
		StringBuilder read = new StringBuilder();
		try {
			InputStream input = this.socket.getInputStream();
			while (read.indexOf(end, read.length() - end.length()) < 0) {
				int next = input.read();
				assertThat(next).as("%s, waited for after %s", end, read).isNotNegative();
				read.append((char) next);
			}
			return read.toString();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(end + " does not come after " + read, ex);
		}
	}

	/**
	 * Reads until the server has nothing more to say, whether it closes or resets the
	 * connection.
	 * @return all that was read
	 */
	public String readToEnd() {
		ByteArrayOutputStream read = new ByteArrayOutputStream();
		try {
			this.socket.getInputStream().transferTo(read);
		}
		catch (IOException ex) {
			assertThat(ex).as("a reset after %s", read.toString(LATIN)).hasMessageContaining("reset");
		}
		return read.toString(LATIN);
	}

	/**
	 * Says that it has nothing more to send, and goes on reading.
	 */
	public void closeHalf() {
		try {
			this.socket.shutdownOutput();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Waits, without reading anything, until the server has closed the connection: what
	 * is sent is answered with a reset.
	 */
	public void awaitCut() {
		Awaitility.await("the server has closed the connection").atMost(PATIENCE).until(() -> {
			try {
				this.socket.getOutputStream().write('x');
				return false;
			}
			catch (IOException ex) {
				return true;
			}
		});
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
