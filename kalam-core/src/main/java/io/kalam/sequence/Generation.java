package io.kalam.sequence;

import org.springframework.util.Assert;

/**
 * How often history was lost or rewritten. Stands above the LSN in a sequence, so that
 * what comes after such an event is greater than everything before it.
 *
 * @param value 0 to 127
 */
public record Generation(int value) {

	/**
	 * The greatest generation that fits into a sequence.
	 */
	public static final int MAX = 127;

	public Generation {
		Assert.isTrue(value >= 0 && value <= MAX, () -> "A generation is 0 to 127, not " + value);
	}

	/**
	 * The generation after this one.
	 * @return one more
	 */
	public Generation next() {
		return new Generation(this.value + 1);
	}

}
