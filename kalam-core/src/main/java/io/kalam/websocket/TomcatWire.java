package io.kalam.websocket;

import java.nio.ByteBuffer;
import java.nio.channels.CompletionHandler;
import java.util.concurrent.TimeUnit;

import org.apache.tomcat.util.net.SocketWrapperBase;
import org.apache.tomcat.util.net.SocketWrapperBase.BlockingMode;
import org.jspecify.annotations.Nullable;

/**
 * A socket of Tomcat, read and written without waiting: Tomcat's poller goes on with what
 * the socket doesn't take, or have, at once.
 */
final class TomcatWire implements Wire {

	/**
	 * Not how long an operation may take, but that the socket's own limit holds, which is
	 * none after an upgrade.
	 */
	private static final long NO_TIMEOUT = -1;

	private static final CompletionHandler<Long, Listener> READ = new Completion() {

		@Override
		public void completed(Long bytes, Listener listener) {
			listener.read();
		}

	};

	private static final CompletionHandler<Long, Listener> WRITE = new Completion() {

		@Override
		public void completed(Long bytes, Listener listener) {
			listener.written();
		}

	};

	private final SocketWrapperBase<?> socket;

	TomcatWire(SocketWrapperBase<?> socket) {
		this.socket = socket;
	}

	@Override
	public void read(ByteBuffer target, Listener listener) {
		this.socket.read(BlockingMode.CLASSIC, NO_TIMEOUT, TimeUnit.MILLISECONDS, listener, null, READ, target);
	}

	@Override
	public void write(ByteBuffer source, Listener listener) {
		this.socket.write(BlockingMode.CLASSIC, NO_TIMEOUT, TimeUnit.MILLISECONDS, listener,
				SocketWrapperBase.COMPLETE_WRITE_WITH_COMPLETION, WRITE, source);
	}

	@Override
	public void close() {
		this.socket.close();
	}

	/**
	 * What became of a read or a write.
	 */
	private abstract static class Completion implements CompletionHandler<Long, Listener> {

		@Override
		public void failed(@Nullable Throwable ex, Listener listener) {
			listener.gone();
		}

	}

}
