package io.kalam.websocket;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a transport keeps of what it sends.
 */
class WebFluxTransportTests {

	@Test
	void aFrameThatWasTakenIsNotHeldUntilAllHaveLeft() {
		List<WeakReference<byte[]>> payloads = new ArrayList<>();
		Socket socket = new Socket();
		WebFluxTransport.drain(frames(payloads)).subscribe(socket);
		socket.request(3);
		assertThat(socket.taken).isEqualTo(3);
		Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
			System.gc();
			return payloads.stream().limit(3).allMatch((payload) -> payload.get() == null);
		});
		assertThat(payloads.get(3).get()).as("what was not taken yet").isNotNull();
		socket.request(2);
		assertThat(socket.taken).isEqualTo(4);
		assertThat(socket.isDisposed()).as("told of the end").isTrue();
	}

	private static List<OutboundFrame> frames(List<WeakReference<byte[]>> payloads) {
		List<OutboundFrame> frames = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			byte[] payload = new byte[1000];
			payloads.add(new WeakReference<>(payload));
			frames.add(OutboundFrame.text(payload));
		}
		return frames;
	}

	/**
	 * Takes what it asks for, and keeps nothing.
	 */
	private static final class Socket extends BaseSubscriber<OutboundFrame> {

		private int taken;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			assertThat(this.taken).isZero();
		}

		@Override
		protected void hookOnNext(OutboundFrame frame) {
			this.taken++;
		}

	}

}
