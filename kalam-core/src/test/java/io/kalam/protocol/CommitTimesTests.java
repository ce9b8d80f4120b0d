package io.kalam.protocol;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time of a commit is that of its own commit, whatever was written before, and by
 * whom.
 */
class CommitTimesTests {

	@Test
	void writesMicroseconds() {
		assertThat(text(Instant.parse("2026-11-29T11:02:03.000001Z"))).isEqualTo("\"2026-11-29T11:02:03.000001Z\"");
		assertThat(text(Instant.parse("2026-11-29T11:02:03Z"))).isEqualTo("\"2026-11-29T11:02:03.000000Z\"");
	}

	@Test
	void sharesWhatWasWrittenLast() {
		Instant time = Instant.parse("2026-11-29T11:02:03.5Z");
		assertThat(CommitTimes.json(time)).isSameAs(CommitTimes.json(time.plusNanos(0)));
		assertThat(text(time.plusNanos(1000))).isEqualTo("\"2026-11-29T11:02:03.500001Z\"");
		assertThat(text(time)).isEqualTo("\"2026-11-29T11:02:03.500000Z\"");
	}

	@Test
	void mixesNothingUpForThreadsThatWriteOthers() {
		Instant begin = Instant.parse("2026-11-29T11:02:03Z");
		List<String> wrong = IntStream.range(0, 200_000)
			.parallel()
			.mapToObj((i) -> begin.plusNanos(1000L * (i % 7)))
			.filter((time) -> !text(time).endsWith("03.00000" + time.getNano() / 1000 + "Z\""))
			.map(Instant::toString)
			.toList();
		assertThat(wrong).isEmpty();
	}

	private static String text(Instant time) {
		return new String(CommitTimes.json(time), StandardCharsets.US_ASCII);
	}

}
