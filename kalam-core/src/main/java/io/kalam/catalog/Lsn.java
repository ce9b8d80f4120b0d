package io.kalam.catalog;

import java.util.Locale;

import org.springframework.util.Assert;

/**
 * A position in the write-ahead log of one Postgres cluster, in bytes from its beginning.
 * Ordered as the log is; the 64 bits are unsigned, of which no real cluster uses the top
 * eight.
 *
 * @param value the position
 */
public record Lsn(long value) implements Comparable<Lsn> {

	/**
	 * Before everything.
	 */
	public static final Lsn ZERO = new Lsn(0);

	/**
	 * Parses what Postgres prints for a {@code pg_lsn}.
	 * @param text two hexadecimal halves with a slash between them, {@code 16/B374D848}
	 * @return the position
	 * @throws IllegalArgumentException if the text is not of that form
	 */
	public static Lsn parse(String text) {
		int slash = text.indexOf('/');
		Assert.isTrue(slash > 0 && slash <= 8 && text.length() - slash - 1 <= 8, () -> "Not an LSN: " + text);
		long high = Long.parseLong(text, 0, slash, 16);
		long low = Long.parseLong(text, slash + 1, text.length(), 16);
		return new Lsn(high << 32 | low);
	}

	/**
	 * The later of two positions.
	 * @param other the other position
	 * @return the greater one
	 */
	public Lsn max(Lsn other) {
		return (compareTo(other) >= 0) ? this : other;
	}

	/**
	 * Whether this position lies behind another.
	 * @param other the other position
	 * @return whether this one is greater
	 */
	public boolean isAfter(Lsn other) {
		return compareTo(other) > 0;
	}

	@Override
	public int compareTo(Lsn other) {
		return Long.compareUnsigned(this.value, other.value);
	}

	/**
	 * The form in which Postgres prints it.
	 */
	@Override
	public String toString() {
		return Long.toHexString(this.value >>> 32).toUpperCase(Locale.ROOT) + '/'
				+ Long.toHexString(this.value & 0xFFFFFFFFL).toUpperCase(Locale.ROOT);
	}

}
