package io.kalam.catalog;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TransactionSnapshotTests {

	@Test
	void nothingSeesNothing() {
		assertThat(TransactionSnapshot.NOTHING.seesNothing()).isTrue();
		assertThat(TransactionSnapshot.parse("3:3:").seesNothing()).isFalse();
		for (long xid : new long[] { 0, 1, 3, Integer.MAX_VALUE, 1L << 31, (1L << 32) - 1 }) {
			assertThat(TransactionSnapshot.NOTHING.sees(xid)).isFalse();
		}
	}

	@Test
	void seesWhatHadEnded() {
		TransactionSnapshot snapshot = TransactionSnapshot.parse("100:110:103,107");
		assertThat(snapshot.sees(99)).isTrue();
		assertThat(snapshot.sees(100)).isTrue();
		assertThat(snapshot.sees(103)).isFalse();
		assertThat(snapshot.sees(105)).isTrue();
		assertThat(snapshot.sees(107)).isFalse();
		assertThat(snapshot.sees(109)).isTrue();
		assertThat(snapshot.sees(110)).isFalse();
		assertThat(snapshot.sees(5000)).isFalse();
	}

	@Test
	void widensAroundTheWrap() {
		long wrap = 1L << 32;
		TransactionSnapshot after = new TransactionSnapshot(3 * wrap - 2, 3 * wrap + 5, 3 * wrap - 1, 3 * wrap + 2);
		assertThat(after.sees(wrap - 3)).isTrue();
		assertThat(after.sees(wrap - 2)).isTrue();
		assertThat(after.sees(wrap - 1)).isFalse();
		assertThat(after.sees(1)).isTrue();
		assertThat(after.sees(2)).isFalse();
		assertThat(after.sees(5)).isFalse();
		TransactionSnapshot before = new TransactionSnapshot(3 * wrap - 9, 3 * wrap - 4);
		assertThat(before.sees(wrap - 5)).isTrue();
		assertThat(before.sees(3)).isFalse();
	}

	@Test
	void printsWhatItParsed() {
		assertThat(TransactionSnapshot.parse("100:110:103,107")).hasToString("100:110:103,107");
		assertThat(TransactionSnapshot.parse("5:5:")).hasToString("5:5:");
		assertThatIllegalArgumentException().isThrownBy(() -> TransactionSnapshot.parse("5"));
	}

}
