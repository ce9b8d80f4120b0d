package io.kalam.capture.debezium;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * A socket whose input can be waited for without reading it, and so without the lock that
 * the driver holds while it reads. A reader that waits for a millisecond, as the driver
 * does to see whether there is anything, does not wait at all. With TLS this is the
 * socket below: what is waited for is then a part of a TLS record, and bytes that are
 * already decrypted have to be asked for first.
 */
final class WaitableSocket extends Socket {

	private static final int BUFFER = 64 << 10;

	private static final int LOOK = 1;

	private static final int PROBE = 1000;

	private final @Nullable InetAddress host;

	private volatile int timeout;

	private final AtomicLong received = new AtomicLong();

	private final Object creation = new Object();

	private @Nullable Input input;

	/**
	 * A socket that is not connected.
	 * @param host where to connect to, whatever address the driver names; {@code null}
	 * for just that
	 */
	WaitableSocket(@Nullable InetAddress host) {
		this.host = host;
	}

	@Override
	public void connect(SocketAddress endpoint, int timeout) throws IOException {
		if (this.host != null && endpoint instanceof InetSocketAddress address) {
			super.connect(new InetSocketAddress(this.host, address.getPort()), timeout);
		}
		else {
			super.connect(endpoint, timeout);
		}
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return input();
	}

	private Input input() throws IOException {
		synchronized (this.creation) {
			Input input = this.input;
			if (input == null) {
				input = new Input(super.getInputStream());
				this.input = input;
			}
			return input;
		}
	}

	@Override
	public synchronized void setSoTimeout(int timeout) throws SocketException {
		super.setSoTimeout(timeout);
		this.timeout = timeout;
	}

	private void waitNoLongerThan(int milliseconds) throws SocketException {
		super.setSoTimeout(milliseconds);
	}

	/**
	 * How many bytes have been read from the network.
	 * @return the number of bytes
	 */
	long received() {
		return this.received.get();
	}

	/**
	 * Waits until there is something to read.
	 * @param milliseconds for how long at most
	 * @return whether there is something, the end of the input included
	 * @throws IOException if the connection is broken
	 */
	boolean await(int milliseconds) throws IOException {
		return input().await(milliseconds);
	}

	private final class Input extends FilterInputStream {

		private final ReentrantLock lock = new ReentrantLock();

		private final byte[] buffer = new byte[BUFFER];

		private int from;

		private int to;

		private boolean ended;

		Input(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			if (length == 0) {
				return 0;
			}
			this.lock.lock();
			try {
				if (this.from == this.to && !fill()) {
					return -1;
				}
				int count = Math.min(length, this.to - this.from);
				System.arraycopy(this.buffer, this.from, target, offset, count);
				this.from += count;
				return count;
			}
			finally {
				this.lock.unlock();
			}
		}

		private boolean fill() throws IOException {
			if (this.ended) {
				return false;
			}
			if (WaitableSocket.this.timeout == LOOK && this.in.available() == 0) {
				throw new NothingYetException();
			}
			try {
				return receive();
			}
			catch (SocketTimeoutException ex) {
				if (WaitableSocket.this.timeout > PROBE) {
					throw new IOException("The database has sent half a message and then nothing for "
							+ WaitableSocket.this.timeout + " ms", ex);
				}
				throw ex;
			}
		}

		private boolean receive() throws IOException {
			int count = this.in.read(this.buffer, 0, BUFFER);
			this.from = 0;
			this.to = Math.max(count, 0);
			this.ended = count < 0;
			WaitableSocket.this.received.addAndGet(this.to);
			return count > 0;
		}

		boolean await(int milliseconds) throws IOException {
			this.lock.lock();
			try {
				if (this.from < this.to || this.ended) {
					return true;
				}
				waitNoLongerThan(milliseconds);
				try {
					receive();
					return true;
				}
				catch (SocketTimeoutException ex) {
					return false;
				}
				finally {
					waitNoLongerThan(WaitableSocket.this.timeout);
				}
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public int available() throws IOException {
			this.lock.lock();
			try {
				return (this.from < this.to) ? this.to - this.from : this.in.available();
			}
			finally {
				this.lock.unlock();
			}
		}

		@Override
		public long skip(long count) throws IOException {
			long skipped = 0;
			while (skipped < count && read() >= 0) {
				skipped++;
			}
			return skipped;
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

	/**
	 * It is thrown once for each commit, and nobody looks where.
	 */
	private static final class NothingYetException extends SocketTimeoutException {

		@Override
		public Throwable fillInStackTrace() {
			return this;
		}

	}

}
