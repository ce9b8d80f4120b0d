package io.kalam.event;

import java.time.Duration;
import java.time.Instant;

import io.kalam.testing.TestClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CommitAgeTests {

	private final TestClock clock = new TestClock();

	private final CommitAge age = new CommitAge(this.clock);

	@ParameterizedTest
	@ValueSource(longs = { 0, 5000, -5000, 3_600_000, -3_600_000 })
	void doesNotDependOnHowTheClocksDiffer(long ahead) {
		assertThat(this.age.of(committed(ahead))).isZero();
		Instant earlier = committed(ahead);
		this.clock.advance(Duration.ofSeconds(3));
		assertThat(this.age.of(earlier)).isEqualTo(3000);
		assertThat(this.age.of(committed(ahead))).isZero();
	}

	@Test
	void followsAClockThatIsSet() {
		for (int i = 0; i < 30; i++) {
			this.age.of(committed(0));
			this.clock.advance(Duration.ofSeconds(10));
		}
		assertThat(this.age.of(committed(-8000))).isEqualTo(8000);
		for (int i = 0; i < 20; i++) {
			this.age.of(committed(-8000));
			this.clock.advance(Duration.ofSeconds(10));
		}
		assertThat(this.age.of(committed(-8000))).isZero();
		assertThat(this.age.of(committed(0))).isZero();
	}

	private Instant committed(long ahead) {
		return this.clock.instant().plusMillis(ahead);
	}

}
