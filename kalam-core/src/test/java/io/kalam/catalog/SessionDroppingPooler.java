package io.kalam.catalog;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands before a server as a pooler with {@code ignore_startup_parameters=options} does:
 * what a client asks for its session does not arrive.
 */
final class SessionDroppingPooler implements AutoCloseable {

	private final PostgresSettings server;

	private final ServerSocket listener;

	private final List<Closeable> open = new CopyOnWriteArrayList<>();

	SessionDroppingPooler(PostgresSettings server) throws IOException {
		this.server = server;
		this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	PostgresSettings settings() {
		return new PostgresSettings("127.0.0.1", this.listener.getLocalPort(), this.server.database(),
				this.server.user(), this.server.password(), Map.of("sslmode", "disable"));
	}

	private void accept() throws IOException {
		while (true) {
			Socket client = this.listener.accept();
			Socket upstream = new Socket(this.server.host(), this.server.port());
			this.open.addAll(List.of(client, upstream));
			DataInputStream input = new DataInputStream(client.getInputStream());
			DataOutputStream output = new DataOutputStream(upstream.getOutputStream());
			byte[] startup = input.readNBytes(input.readInt() - Integer.BYTES);
			byte[] without = withoutOptions(startup);
			output.writeInt(without.length + Integer.BYTES);
			output.write(without);
			start(() -> input.transferTo(output));
			start(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
		}
	}

	/**
	 * The version, and pairs of names and values that end with zeros.
	 */
	private static byte[] withoutOptions(byte[] startup) throws IOException {
		ByteArrayOutputStream kept = new ByteArrayOutputStream();
		kept.write(startup, 0, Integer.BYTES);
		String text = new String(startup, Integer.BYTES, startup.length - Integer.BYTES, StandardCharsets.UTF_8);
		List<String> parts = new ArrayList<>(List.of(text.split("\0")));
		int options = parts.indexOf(PostgresSettings.OPTIONS);
		parts.subList(options, options + 2).clear();
		kept.write((String.join("\0", parts) + "\0\0").getBytes(StandardCharsets.UTF_8));
		return kept.toByteArray();
	}

	private static void start(Work work) {
		Thread thread = new Thread(() -> {
			try {
				work.run();
			}
			catch (IOException ex) {
				// one side has closed
			}
		}, "pooler");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listener.close();
		for (Closeable socket : this.open) {
			socket.close();
		}
	}

	private interface Work {

		void run() throws IOException;

	}

}
