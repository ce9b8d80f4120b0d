package io.kalam.capture.debezium;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

class WaitableSocketTests {

	private final WaitableSocket socket = new WaitableSocket(null);

	private ServerSocket server;

	private Socket peer;

	private InputStream in;

	@BeforeEach
	void connect() throws IOException {
		this.server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
		this.socket.connect(new InetSocketAddress(this.server.getInetAddress(), this.server.getLocalPort()));
		this.peer = this.server.accept();
		this.in = this.socket.getInputStream();
	}

	@AfterEach
	void close() throws IOException {
		this.socket.close();
		this.peer.close();
		this.server.close();
	}

	private void send(int count) throws IOException {
		byte[] bytes = new byte[count];
		for (int i = 0; i < count; i++) {
			bytes[i] = (byte) i;
		}
		this.peer.getOutputStream().write(bytes);
	}

	@Test
	void waitingTakesNothingAway() throws IOException {
		send(3);
		assertThat(this.socket.await(5000)).isTrue();
		assertThat(this.socket.await(5000)).isTrue();
		assertThat(this.in.available()).isEqualTo(3);
		assertThat(this.in.readNBytes(3)).containsExactly(0, 1, 2);
		assertThat(this.in.available()).isZero();
		assertThat(this.socket.received()).isEqualTo(3);
	}

	@Test
	void aHostThatIsGivenTakesPrecedence() throws IOException {
		InetAddress loopback = InetAddress.getLoopbackAddress();
		try (WaitableSocket other = new WaitableSocket(loopback)) {
			other.connect(InetSocketAddress.createUnresolved("nowhere.invalid", this.server.getLocalPort()), 5000);
			assertThat(other.getInetAddress()).isEqualTo(loopback);
		}
	}

	@Test
	void waitingEndsAfterTheTime() throws IOException {
		long begin = System.nanoTime();
		assertThat(this.socket.await(50)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofMillis(40), Duration.ofSeconds(5));
		send(1);
		assertThat(this.in.read()).isZero();
	}

	@Test
	void waitingLeavesTheTimeoutOfReadersAlone() throws IOException {
		this.socket.setSoTimeout(20);
		assertThat(this.socket.await(1)).isFalse();
		assertThat(this.socket.getSoTimeout()).isEqualTo(20);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.in.read());
		this.socket.setSoTimeout(0);
		assertThat(this.socket.await(1)).isFalse();
		assertThat(this.socket.getSoTimeout()).isZero();
	}

	@Test
	void aReaderThatOnlyLooksDoesNotWait() throws IOException {
		this.socket.setSoTimeout(1);
		assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> this.in.read())
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
		send(2);
		assertThat(this.socket.await(5000)).isTrue();
		assertThat(this.in.read()).isZero();
		assertThat(this.in.read()).isOne();
		this.peer.close();
		assertThat(this.socket.await(5000)).isTrue();
		assertThat(this.in.read()).isEqualTo(-1);
	}

	@Test
	void aReaderThatOnlyLooksFindsWhatNobodyWaitedFor() throws IOException {
		send(1);
		this.socket.setSoTimeout(5000);
		assertThat(this.in.read()).isZero();
		send(1);
		this.socket.setSoTimeout(1);
		Awaitility.await().ignoreExceptionsInstanceOf(SocketTimeoutException.class).until(() -> this.in.read() == 0);
	}

	@Test
	void aReaderThatWaitsLongFindsTheConnectionBroken() throws IOException {
		this.socket.setSoTimeout(1100);
		assertThatIOException().isThrownBy(() -> this.in.read()).withMessageContaining("half a message");
	}

	@Test
	void theEndIsSomethingToRead() throws IOException {
		this.peer.close();
		assertThat(this.socket.await(5000)).isTrue();
		assertThat(this.in.read()).isEqualTo(-1);
		assertThat(this.in.read(new byte[8])).isEqualTo(-1);
		assertThat(this.socket.await(5000)).isTrue();
	}

	@Test
	void muchIsReadInOrder() throws Exception {
		Thread sender = new Thread(() -> {
			try {
				send(300_000);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		sender.start();
		byte[] read = new byte[300_000];
		int count = 0;
		while (count < read.length) {
			assertThat(this.socket.await(5000)).isTrue();
			count += this.in.read(read, count, Math.min(7001, read.length - count));
		}
		sender.join();
		for (int i = 0; i < read.length; i++) {
			assertThat(read[i]).isEqualTo((byte) i);
		}
	}

}
