package io.kalam.catalog;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TimelineHistoryTests {

	private final TimelineHistory history = TimelineHistory.parse(3, """
			1	0/3000000	no recovery target specified

			# a comment
			2	0/5000060	before 2026-01-01 00:00:00
			""");

	@Test
	void containsWhatWasWrittenBeforeTheFork() {
		assertThat(this.history.contains(1, Lsn.parse("0/3000000"))).isTrue();
		assertThat(this.history.contains(2, Lsn.parse("0/5000060"))).isTrue();
		assertThat(this.history.contains(3, Lsn.parse("FF/0"))).isTrue();
	}

	@Test
	void lacksWhatWasWrittenAfterIt() {
		assertThat(this.history.contains(1, Lsn.parse("0/3000001"))).isFalse();
		assertThat(this.history.contains(2, Lsn.parse("0/5000061"))).isFalse();
		assertThat(this.history.contains(4, Lsn.parse("0/1"))).isFalse();
	}

}
