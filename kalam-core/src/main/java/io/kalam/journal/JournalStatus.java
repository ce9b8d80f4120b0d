package io.kalam.journal;

import java.time.Instant;

import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;

/**
 * How a journal is doing.
 *
 * @param bytes about how many bytes it takes, of disk or of heap
 * @param unwritten how many bytes of heap wait to be written to the disk; 0 for a journal
 * that has none
 * @param lowWater the position after which the history begins
 * @param head the position up to which all is here
 * @param durable the position up to which all would survive the process
 * @param oldest when the oldest of what is here was appended, or somewhat earlier;
 * {@code null} if there is nothing
 * @param trouble why nothing becomes durable for now and what to do, {@code null} if all
 * is well
 */
public record JournalStatus(long bytes, long unwritten, Sequence lowWater, Sequence head, Sequence durable,
		@Nullable Instant oldest, @Nullable String trouble) {

	/** A journal that is not there yet. */
	public static final JournalStatus NONE = new JournalStatus(0, 0, Sequence.ZERO, Sequence.ZERO, Sequence.ZERO, null,
			null);

}
