package io.kalam.journal;

import java.util.Comparator;

import io.kalam.sequence.Sequence;

/**
 * A place in the history of a partition: behind a commit, or within one.
 *
 * @param sequence the commit
 * @param ordinal the ordinal of the change behind which it is, {@link #END} for the place
 * behind the whole commit
 */
public record JournalPlace(Sequence sequence, int ordinal) implements Comparable<JournalPlace> {

	/**
	 * Greater than every ordinal.
	 */
	public static final int END = Integer.MAX_VALUE;

	private static final Comparator<JournalPlace> ORDER = Comparator.comparing(JournalPlace::sequence)
		.thenComparingInt(JournalPlace::ordinal);

	/**
	 * The place behind a commit.
	 * @param sequence the commit
	 * @return the place before everything that was committed later
	 */
	public static JournalPlace behind(Sequence sequence) {
		return new JournalPlace(sequence, END);
	}

	/**
	 * Whether some of the commit may lie behind this place.
	 * @return false if the place is behind the whole commit
	 */
	public boolean isWithinCommit() {
		return this.ordinal != END;
	}

	@Override
	public int compareTo(JournalPlace other) {
		return ORDER.compare(this, other);
	}

}
