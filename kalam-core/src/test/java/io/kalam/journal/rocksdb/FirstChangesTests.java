package io.kalam.journal.rocksdb;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.kalam.journal.JournalPlace;
import io.kalam.journal.rocksdb.FirstChanges.Stored;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FirstChangesTests {

	private static final byte[] SCOPE = new byte[20];

	@Test
	void keepsTheFirstInBoundedMemory() {
		Random random = new Random(7);
		List<JournalPlace> all = new ArrayList<>();
		FirstChanges first = new FirstChanges(100_000);
		for (int i = 0; i < 50_000; i++) {
			JournalPlace place = new JournalPlace(new Sequence(random.nextInt(1 << 30)), i);
			all.add(place);
			first.add(place, new Stored(SCOPE, new byte[random.nextInt(300)]));
			assertThat(first.bytes()).isLessThanOrEqualTo(100_000);
		}
		all.sort(null);
		int kept = first.changes().size();
		assertThat(kept).isBetween(200, 800);
		assertThat(first.changes().keySet()).containsExactlyElementsOf(all.subList(0, kept));
		assertThat(first.end()).isEqualTo(all.get(kept));
	}

	@Test
	void keepsOneHoweverLargeItIs() {
		FirstChanges first = new FirstChanges(10);
		first.add(new JournalPlace(new Sequence(2), 0), new Stored(SCOPE, new byte[1000]));
		assertThat(first.end()).isNull();
		first.add(new JournalPlace(new Sequence(1), 0), new Stored(SCOPE, new byte[2000]));
		assertThat(first.changes()).hasSize(1);
		assertThat(first.end()).isEqualTo(new JournalPlace(new Sequence(2), 0));
	}

}
