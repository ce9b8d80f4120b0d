package io.kalam.websocket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * What a connection has to send on its own account, and whether a chunk is on its way.
 * Used by one thread at a time.
 */
final class Outbox {

	/**
	 * How many frames may wait before no more messages are taken from the client.
	 */
	private static final int CROWDED = 16;

	/**
	 * A write that took longer had to wait until the client took something.
	 */
	private static final long WAITED = TimeUnit.SECONDS.toNanos(1);

	/** {@code null} if there are none, which is so most of the time. */
	private @Nullable List<OutboundFrame> frames;

	private boolean inFlight;

	private long sentAt;

	private long progressAt;

	private long pending;

	void add(OutboundFrame frame) {
		if (this.frames == null) {
			this.frames = new ArrayList<>(2);
		}
		if (frame.kind() != OutboundFrame.Kind.TEXT) {
			this.frames.removeIf((other) -> other.kind() == frame.kind());
		}
		this.frames.add(frame);
	}

	boolean isCrowded() {
		return this.frames != null && this.frames.size() >= CROWDED;
	}

	void clear() {
		this.frames = null;
	}

	/**
	 * Takes everything.
	 * @return the frames, for the caller to keep
	 */
	List<OutboundFrame> take() {
		List<OutboundFrame> taken = (this.frames != null) ? this.frames : new ArrayList<>(2);
		this.frames = null;
		return taken;
	}

	void sent(long now) {
		this.inFlight = true;
		this.sentAt = now;
		this.progressAt = now;
	}

	/**
	 * The chunk has been written.
	 * @param now the time
	 * @return whether that shows that the client is there: its socket was full and no
	 * longer is
	 */
	boolean written(long now) {
		this.inFlight = false;
		return now - this.sentAt >= WAITED;
	}

	boolean isInFlight() {
		return this.inFlight;
	}

	/**
	 * Looks whether bytes of the chunk have left.
	 * @param now the time
	 * @param pending how many bytes are still here
	 * @return for how long none has left
	 */
	long blockedFor(long now, long pending) {
		if (pending != this.pending) {
			this.pending = pending;
			this.progressAt = now;
		}
		return now - this.progressAt;
	}

	/**
	 * When the chunk has been stuck for some time, if nothing leaves until then.
	 * @param patience the time
	 * @return the point in time
	 */
	long stuckAt(long patience) {
		return this.progressAt + patience;
	}

}
