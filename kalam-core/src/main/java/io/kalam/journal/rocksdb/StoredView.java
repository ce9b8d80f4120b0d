package io.kalam.journal.rocksdb;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import io.kalam.journal.JournalExpiredException;
import io.kalam.journal.JournalPlace;
import io.kalam.partition.Partition;
import io.kalam.sequence.Sequence;

/**
 * What there is at some moment.
 *
 * @param position how far the store is
 * @param segments the segments, in the order of history
 * @param purged for the key of each purged partition the position before which it can't
 * be read
 */
record StoredView(Position position, List<Segment> segments, Map<ByteBuffer, Sequence> purged) {

	void check(Sequence after) {
		check(after, this.position.lowWater());
	}

	/**
	 * Checks that a partition can be read from a place.
	 * @return the position after which history has to be here for that
	 */
	Sequence check(Partition partition, JournalPlace after) {
		boolean within = after.isWithinCommit() && after.sequence().isAfter(Sequence.ZERO);
		Sequence first = within ? new Sequence(after.sequence().value() - 1) : after.sequence();
		check(first);
		if (!this.purged.isEmpty()) {
			check(first, this.purged.getOrDefault(Keys.purged(partition), first));
		}
		return first;
	}

	private static void check(Sequence after, Sequence begin) {
		if (begin.isAfter(after)) {
			throw new JournalExpiredException(after, begin);
		}
	}

}
