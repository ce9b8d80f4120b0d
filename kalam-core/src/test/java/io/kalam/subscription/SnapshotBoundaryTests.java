package io.kalam.subscription;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import io.kalam.catalog.TransactionSnapshot;
import io.kalam.journal.memory.MemoryJournal;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotBoundaryTests {

	private static final Sequence HORIZON = new Sequence(20);

	private static final Sequence HEAD = new Sequence(30);

	private final MemoryJournal journal = new MemoryJournal(1000, Duration.ofHours(1), Clock.systemUTC(),
			new Sequence(10));

	/**
	 * Events end at positions at which the journal of the tables has no transaction.
	 */
	@Test
	void whatStandsExactlyAtItsHorizonStandsThere() {
		this.journal.advance(HEAD);
		assertThat(boundary(TransactionSnapshot.NOTHING)).isEqualTo(HORIZON);
		assertThat(boundary(new TransactionSnapshot(3, 3))).isEqualTo(HEAD);
	}

	private Sequence boundary(TransactionSnapshot visibility) {
		return SnapshotBoundary.of(new ModelSnapshot(HORIZON, visibility, HORIZON.lsn(), List.of()), this.journal,
				HEAD);
	}

}
