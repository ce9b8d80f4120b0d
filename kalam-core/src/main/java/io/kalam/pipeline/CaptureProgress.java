package io.kalam.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.kalam.catalog.Lsn;
import io.kalam.sequence.Heartbeat;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * Measures capture by the beats of the heart: each writes a message into the log, and it
 * is known when. Lag is how old the oldest message is that has not come back.
 * Thread-safe.
 */
final class CaptureProgress {

	private static final int MAX_MARKS = 1024;

	private static final long RESOLUTION = TimeUnit.SECONDS.toNanos(1);

	private final Supplier<Sequence> head;

	private final LongSupplier nanoTime;

	private final Deque<Mark> marks = new ArrayDeque<>();

	private @Nullable Heartbeat last;

	private long lastAt;

	/**
	 * A measure of something that has not begun.
	 * @param head the position up to which everything has been published
	 * @param nanoTime time that only passes
	 */
	CaptureProgress(Supplier<Sequence> head, LongSupplier nanoTime) {
		this.head = head;
		this.nanoTime = nanoTime;
	}

	/**
	 * The heart has beaten.
	 */
	synchronized void beaten(Heartbeat beat) {
		if (this.last != null && !this.last.identity().incarnation().equals(beat.identity().incarnation())) {
			this.marks.clear();
		}
		this.last = beat;
		this.lastAt = this.nanoTime.getAsLong();
		Lsn settled = settled(beat);
		while (!this.marks.isEmpty() && !this.marks.getFirst().message().isAfter(settled)) {
			this.marks.removeFirst();
		}
		mark(beat.message());
	}

	/**
	 * More than can be kept are joined to the last one, which then seems older than it
	 * is.
	 */
	private void mark(Lsn message) {
		Mark newest = this.marks.peekLast();
		if (newest != null && this.marks.size() == MAX_MARKS) {
			this.marks.removeLast();
			this.marks.addLast(new Mark(message, newest.at()));
		}
		else if (newest == null || this.lastAt - newest.at() >= RESOLUTION) {
			this.marks.addLast(new Mark(message, this.lastAt));
		}
	}

	private Lsn settled(Heartbeat beat) {
		Lsn acknowledged = beat.identity().acknowledged();
		Lsn captured = this.head.get().lsn();
		return acknowledged.isAfter(captured) ? captured : acknowledged;
	}

	/**
	 * How far capture is.
	 * @param state what the pipeline is doing
	 * @return how far it is, {@code null} before the first beat and in a process that
	 * does not read the slot
	 */
	@Nullable CaptureStatus status(PipelineState state) {
		return switch (state) {
			case STREAMING, DEGRADED -> status(true);
			case STARTING, RETRYING, SLOT_LOST, DOWN -> status(false);
			case STOPPED, IDLE, STANDBY -> null;
		};
	}

	private synchronized @Nullable CaptureStatus status(boolean streaming) {
		Heartbeat beat = this.last;
		if (beat == null) {
			return null;
		}
		Lsn captured = this.head.get().lsn();
		Duration age = since(this.lastAt);
		Duration lag = streaming ? oldestAfter(captured) : age;
		return new CaptureStatus(beat.identity(), beat.server(), beat.slot(), age,
				Math.max(0, beat.message().value() - captured.value()), lag,
				oldestAfter(beat.identity().acknowledged()));
	}

	private Duration oldestAfter(Lsn position) {
		for (Mark mark : this.marks) {
			if (mark.message().isAfter(position)) {
				return since(mark.at());
			}
		}
		return Duration.ZERO;
	}

	private Duration since(long time) {
		return Duration.ofNanos(this.nanoTime.getAsLong() - time);
	}

	/**
	 * A message in the log.
	 */
	private record Mark(Lsn message, long at) {

	}

}
