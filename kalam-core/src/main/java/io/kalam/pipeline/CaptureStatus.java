package io.kalam.pipeline;

import java.time.Duration;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.sequence.Identity;
import org.jspecify.annotations.Nullable;

/**
 * How far capture is. Slot, server and identity are those of the last beat of the heart.
 *
 * @param identity which history is told
 * @param server where the database's log stood
 * @param slot the slot, {@code null} if it was gone
 * @param age how long ago the last beat was
 * @param lagBytes how much of the log up to the last beat has not come through yet
 * @param lag how long ago the oldest beat was that has not come through yet; zero if all
 * have. Without a stream, how long ago the last beat was
 * @param unacknowledged how long ago the oldest beat was up to which the slot has not
 * been told that everything is durable and visible. With all well, hardly more than two
 * intervals of the heart
 */
public record CaptureStatus(Identity identity, ServerState server, @Nullable SlotState slot, Duration age,
		long lagBytes, Duration lag, Duration unacknowledged) {

	private static final int AT_RISK = 5;

	private static final Duration BEHIND = Duration.ofSeconds(10);

	private static final long SEGMENT = 16 << 20;

	/**
	 * How much of its log the server keeps for the slot.
	 * @return the bytes from where the log is kept to where it stood; 0 without a slot
	 */
	public long retainedBytes() {
		Lsn restart = (this.slot != null) ? this.slot.restart() : null;
		return (restart != null) ? Math.max(0, this.server.inserted().value() - restart.value()) : 0;
	}

	/**
	 * How much may be written before the server gives up the slot.
	 * @return the bytes, {@code null} if the server never does
	 */
	public @Nullable Long safeBytes() {
		return (this.slot != null) ? this.slot.safeWalSize() : null;
	}

	/**
	 * Whether the server is about to give up the slot: less than a fifth of what it would
	 * keep is left.
	 * @return whether somebody should look after it
	 */
	public boolean isSlotAtRisk() {
		if (this.slot == null || this.slot.isLost()) {
			return false;
		}
		Long safe = this.slot.safeWalSize();
		return "unreserved".equals(this.slot.walStatus())
				|| (safe != null && AT_RISK * safe < Math.max(0, safe) + retainedBytes());
	}

	/**
	 * Whether capture is behind because the server waits for a standby.
	 * @return whether somebody should look after the standby
	 */
	public boolean isHeldByStandby() {
		return isCatchingUp() && this.slot != null && this.slot.awaitsStandby();
	}

	/**
	 * Whether more is due than the last moments': what was written while nobody read, or
	 * more than can be captured at the moment.
	 * @return whether capture is behind by more than ten seconds or a segment of the log
	 */
	public boolean isCatchingUp() {
		return this.lagBytes > SEGMENT || this.lag.compareTo(BEHIND) > 0;
	}

}
