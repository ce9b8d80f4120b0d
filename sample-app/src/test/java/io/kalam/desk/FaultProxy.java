package io.kalam.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * The network between browser and application, which can be cut, keep WebSockets waiting
 * and let through so many bytes.
 */
final class FaultProxy implements AutoCloseable {

	private static final String WEB_SOCKET = "GET /v1/ws ";

	private static final int CHUNK = 512;

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool(FaultProxy::daemon);

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final Semaphore allowance = new Semaphore(0);

	private volatile CountDownLatch gate = new CountDownLatch(0);

	private volatile boolean cut;

	private volatile boolean metered;

	private volatile int target;

	FaultProxy(int target) {
		this.target = target;
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.execute(this::accept);
	}

	private static Thread daemon(Runnable work) {
		Thread thread = new Thread(work, "fault-proxy");
		thread.setDaemon(true);
		return thread;
	}

	/**
	 * Where the browser finds the application, without a slash at the end.
	 */
	String origin() {
		return "http://localhost:" + this.server.getLocalPort();
	}

	/**
	 * Where the application listens from now on.
	 */
	void target(int port) {
		this.target = port;
	}

	/**
	 * Ends all connections, and refuses others until {@link #mend()}.
	 */
	void cut() {
		this.cut = true;
		this.open.forEach(FaultProxy::close);
	}

	void mend() {
		this.cut = false;
	}

	/**
	 * Lets no new WebSocket through until {@link #release()}; everything else passes.
	 */
	void hold() {
		this.gate = new CountDownLatch(1);
	}

	void release() {
		this.gate.countDown();
	}

	/**
	 * Lets WebSockets have nothing but what is {@link #pass() allowed}.
	 */
	void meter() {
		this.allowance.drainPermits();
		this.metered = true;
	}

	/**
	 * Lets the next few bytes through, if there are any.
	 */
	void pass() {
		if (this.allowance.hasQueuedThreads()) {
			this.allowance.release(CHUNK);
		}
	}

	void stopMetering() {
		this.metered = false;
		this.allowance.release(1 << 20);
	}

	private void accept() {
		try {
			while (true) {
				Socket client = this.server.accept();
				this.open.add(client);
				this.threads.execute(() -> serve(client));
			}
		}
		catch (IOException ex) {
			this.threads.shutdown();
		}
	}

	private void serve(Socket client) {
		byte[] first = new byte[8192];
		try (client) {
			int length = this.cut ? -1 : client.getInputStream().read(first);
			if (length > 0) {
				boolean webSocket = new String(first, 0, length, StandardCharsets.ISO_8859_1).startsWith(WEB_SOCKET);
				connect(client, first, length, webSocket);
			}
		}
		catch (IOException | InterruptedException ex) {
			close(client);
		}
		this.open.remove(client);
	}

	private void connect(Socket client, byte[] first, int length, boolean webSocket)
			throws IOException, InterruptedException {
		if (webSocket) {
			this.gate.await();
		}
		try (Socket upstream = new Socket(InetAddress.getLoopbackAddress(), this.target)) {
			this.open.add(upstream);
			upstream.getOutputStream().write(first, 0, length);
			this.threads.execute(() -> answer(upstream, client, webSocket));
			client.getInputStream().transferTo(upstream.getOutputStream());
			this.open.remove(upstream);
		}
	}

	private void answer(Socket upstream, Socket client, boolean webSocket) {
		byte[] bytes = new byte[CHUNK];
		try (upstream; client) {
			InputStream in = upstream.getInputStream();
			OutputStream out = client.getOutputStream();
			for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
				if (webSocket && this.metered) {
					this.allowance.acquire(length);
				}
				out.write(bytes, 0, length);
			}
		}
		catch (IOException | InterruptedException ex) {
			close(client);
		}
	}

	private static void close(Socket socket) {
		try {
			socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		stopMetering();
		release();
		cut();
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.threads.shutdownNow();
	}

}
