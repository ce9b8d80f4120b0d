package io.kalam.sequence;

import io.kalam.catalog.Lsn;

import org.springframework.util.Assert;

/**
 * The place of a commit in history: seven bits of generation, then the 56 bits of the end
 * LSN of its commit record. Positive, strictly increasing in commit order, the same at
 * every redelivery, on every node, after every restart. Written in decimal on the wire.
 *
 * @param value the number
 */
public record Sequence(long value) implements Comparable<Sequence> {

	/**
	 * Before everything.
	 */
	public static final Sequence ZERO = new Sequence(0);

	private static final int LSN_BITS = 56;

	private static final long LSN_MASK = (1L << LSN_BITS) - 1;

	public Sequence {
		Assert.isTrue(value >= 0, () -> "A sequence is not negative: " + value);
	}

	/**
	 * The sequence of a position under a generation.
	 * @param generation the generation
	 * @param lsn the position; below 2⁵⁶
	 * @return the sequence
	 */
	public static Sequence of(Generation generation, Lsn lsn) {
		Assert.isTrue((lsn.value() & ~LSN_MASK) == 0, () -> "An LSN of more than 56 bits: " + lsn);
		return new Sequence((long) generation.value() << LSN_BITS | lsn.value());
	}

	/**
	 * Reads the decimal form.
	 * @param text digits only
	 * @return the sequence
	 * @throws IllegalArgumentException if the text is no number or does not fit
	 */
	public static Sequence parse(String text) {
		Assert.isTrue(!text.isEmpty() && text.length() <= 19 && text.chars().allMatch((c) -> c >= '0' && c <= '9'),
				"A sequence is written in decimal digits");
		return new Sequence(Long.parseLong(text));
	}

	/**
	 * The generation.
	 * @return the upper seven bits
	 */
	public Generation generation() {
		return new Generation((int) (this.value >>> LSN_BITS));
	}

	/**
	 * The position in the log.
	 * @return the lower 56 bits
	 */
	public Lsn lsn() {
		return new Lsn(this.value & LSN_MASK);
	}

	/**
	 * Whether this sequence comes after another.
	 * @param other the other one
	 * @return whether it is greater
	 */
	public boolean isAfter(Sequence other) {
		return this.value > other.value;
	}

	/**
	 * The later one of two.
	 * @param other the other one
	 * @return the greater one
	 */
	public Sequence max(Sequence other) {
		return (this.value >= other.value) ? this : other;
	}

	@Override
	public int compareTo(Sequence other) {
		return Long.compare(this.value, other.value);
	}

	@Override
	public String toString() {
		return Long.toString(this.value);
	}

}
