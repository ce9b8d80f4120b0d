package io.kalam.benchmark;

import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The statistics that the reports are made of.
 */
class DistributionTests {

	@Test
	void percentilesAreOfTheNearestRank() {
		long[] shuffled = LongStream.rangeClosed(1, 200).map((i) -> (i * 77 % 201) * 1_000_000).toArray();
		Distribution distribution = Distribution.of(shuffled);
		assertThat(distribution.percentile(50)).isEqualTo(100);
		assertThat(distribution.percentile(99)).isEqualTo(198);
		assertThat(distribution.percentile(99.1)).isEqualTo(199);
		assertThat(distribution.percentile(0.1)).isEqualTo(1);
		assertThat(distribution.max()).isEqualTo(200);
	}

	@Test
	void oneTimeIsEveryPercentile() {
		Distribution distribution = Distribution.of(new long[] { -2_500_000 });
		assertThat(distribution.percentile(1)).isEqualTo(-2.5);
		assertThat(distribution.percentile(99)).isEqualTo(-2.5);
	}

	@Test
	void nothingHasNoDistribution() {
		assertThatIllegalArgumentException().isThrownBy(() -> Distribution.of(new long[0]));
		assertThatIllegalArgumentException().isThrownBy(Distribution::median);
	}

	@Test
	void theMedianIsInTheMiddle() {
		assertThat(Distribution.median(9, 1, 5)).isEqualTo(5);
		assertThat(Distribution.median(9, 1, 5, 7)).isEqualTo(6);
	}

	@Test
	void latenciesLeaveOutTheLeadInAndRowsOfOtherRounds() throws InterruptedException {
		Arrivals arrivals = new Arrivals(2, 11, 3);
		for (int socket = 0; socket < 2; socket++) {
			arrivals.record(socket, 10, 1);
			arrivals.record(socket, 11, 900_000_000);
			arrivals.record(socket, 12, 2_000_000 + socket);
			arrivals.record(socket, 13, 3_000_000 + socket);
		}
		arrivals.await();
		Distribution distribution = arrivals.since(new long[] { 0, 1_000_000, 1_000_000 }, 1);
		assertThat(distribution.nanos()).containsExactly(1_000_000, 1_000_001, 2_000_000, 2_000_001);
	}

	@Test
	void aCommitOfSeveralRowsTakesUntilItsLastRowHasCome() throws InterruptedException {
		Arrivals arrivals = new Arrivals(1, 1, 6);
		arrivals.record(0, 1, 900_000_000);
		arrivals.record(0, 2, 900_000_000);
		arrivals.record(0, 4, 5_000_000);
		arrivals.record(0, 3, 3_000_000);
		arrivals.record(0, 5, 7_000_000);
		arrivals.record(0, 6, 9_000_000);
		arrivals.await();
		Distribution distribution = arrivals.since(new long[] { 0, 1_000_000, 2_000_000 }, 1, 2);
		assertThat(distribution.nanos()).containsExactly(4_000_000, 7_000_000);
	}

	@Test
	void theRateIsThatOfTheCommitsThatCount() {
		Writer.Commits commits = new Writer.Commits(new long[] { 0, 500_000_000, 1_000_000_000, 1_400_000_000 },
				new long[] { 100_000_000, 600_000_000, 1_100_000_000, 1_400_000_000 });
		assertThat(commits.perSecond(1)).isEqualTo(2.5);
	}

	@Test
	void aLoadIsSaid() {
		assertThat(new Load(1, 1, 100)).hasToString("1 socket, 100 commits/s of 1 row");
		assertThat(Load.saturated(100)).hasToString("1 socket, saturated, commits of 100 rows");
	}

}
