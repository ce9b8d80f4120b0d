package io.kalam.catalog;

import java.util.Arrays;

import org.springframework.util.Assert;

/**
 * Which transactions a moment of the database has seen: the value of
 * {@code pg_current_snapshot()}.
 * <p>
 * The change stream speaks of transactions by the lower 32 bits of their id. Those are
 * widened to the 64-bit number nearest to {@link #xmax()}, which is exact as long as the
 * transaction is less than 2³¹ transactions away from the snapshot.
 */
public final class TransactionSnapshot {

	/**
	 * Has seen no transaction.
	 */
	public static final TransactionSnapshot NOTHING = new TransactionSnapshot(0, 0);

	private static final long WRAP = 1L << 32;

	private final long xmin;

	private final long xmax;

	private final long[] running;

	/**
	 * A snapshot.
	 * @param xmin every transaction below it has ended
	 * @param xmax no transaction at or above it had ended
	 * @param running those between that were running, in ascending order
	 */
	public TransactionSnapshot(long xmin, long xmax, long... running) {
		this.xmin = xmin;
		this.xmax = xmax;
		this.running = running.clone();
	}

	/**
	 * Reads what Postgres prints for a {@code pg_snapshot}.
	 * @param text {@code xmin:xmax:xip,xip,…}
	 * @return the snapshot
	 */
	public static TransactionSnapshot parse(String text) {
		String[] parts = text.split(":", -1);
		Assert.isTrue(parts.length == 3, () -> "Not a snapshot: " + text);
		long[] running = parts[2].isEmpty() ? new long[0]
				: Arrays.stream(parts[2].split(",")).mapToLong(Long::parseUnsignedLong).sorted().toArray();
		return new TransactionSnapshot(Long.parseUnsignedLong(parts[0]), Long.parseUnsignedLong(parts[1]), running);
	}

	/**
	 * The first transaction id that had not been given out or had not ended.
	 * @return the upper end
	 */
	public long xmax() {
		return this.xmax;
	}

	/**
	 * Whether it has seen no transaction at all.
	 * @return whether there was none that it could see
	 */
	public boolean seesNothing() {
		return this.xmax == 0;
	}

	/**
	 * Whether the effects of a committed transaction can be seen.
	 * @param xid the lower 32 bits of its id
	 * @return whether the snapshot has seen it
	 */
	public boolean sees(long xid) {
		if (seesNothing()) {
			return false;
		}
		long id = widen(xid);
		if (id < this.xmin) {
			return true;
		}
		return id < this.xmax && Arrays.binarySearch(this.running, id) < 0;
	}

	private long widen(long xid) {
		long id = (this.xmax & ~(WRAP - 1)) | (xid & (WRAP - 1));
		long distance = id - this.xmax;
		if (distance > WRAP / 2) {
			return id - WRAP;
		}
		return (distance < -WRAP / 2) ? id + WRAP : id;
	}

	@Override
	public String toString() {
		String list = Arrays.toString(this.running).replaceAll("[\\[\\] ]", "");
		return this.xmin + ":" + this.xmax + ":" + list;
	}

}
