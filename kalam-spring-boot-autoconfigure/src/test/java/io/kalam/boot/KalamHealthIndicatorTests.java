package io.kalam.boot;

import java.time.Instant;
import java.util.Map;

import io.kalam.journal.JournalStatus;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.sequence.Sequence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.health.contributor.Health;

import static org.assertj.core.api.Assertions.assertThat;

class KalamHealthIndicatorTests {

	private static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");

	@ParameterizedTest
	@CsvSource({ "STREAMING, UP, streaming", "IDLE, UP, idle", "STARTING, UNKNOWN, starting",
			"STANDBY, UNKNOWN, standby", "RETRYING, OUT_OF_SERVICE, retrying", "STOPPED, OUT_OF_SERVICE, stopped",
			"DOWN, DOWN, down" })
	void tellsTheStateAndSinceWhen(PipelineState state, String status, String word) {
		Health health = health(new PipelineStatus(state, SINCE, ""));
		assertThat(health.getStatus().getCode()).isEqualTo(status);
		assertThat(health.getDetails()).containsEntry("state", word).containsEntry("since", "2026-01-01T00:00:00Z");
	}

	@ParameterizedTest
	@CsvSource({ "STARTING, waits for 17", "DOWN, do this" })
	void tellsWhatAnOperatorShouldKnow(PipelineState state, String detail) {
		assertThat(health(new PipelineStatus(state, SINCE, detail)).getDetails()).containsEntry("detail", detail);
	}

	@Test
	void isDownWhileTheDiskTakesNothing() {
		PipelineStatus streaming = new PipelineStatus(PipelineState.STREAMING, SINCE, "");
		Health health = new KalamHealthIndicator(() -> streaming, () -> journal("Make room.")).health();
		assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
		assertThat(health.getDetails()).containsEntry("state", "streaming")
			.containsEntry("journal", Map.of("bytes", 4096L, "head", "9", "durable", "7", "oldest",
					"2026-01-01T00:00:00Z", "trouble", "Make room."));
	}

	@Test
	void asksNothingOfAJournalThatIsClosed() {
		Health health = new KalamHealthIndicator(() -> new PipelineStatus(PipelineState.STOPPED, SINCE, ""), () -> {
			throw new IllegalStateException("closed");
		}).health();
		assertThat(health.getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		assertThat(health.getDetails()).containsOnlyKeys("state", "since");
	}

	private static Health health(PipelineStatus status) {
		return new KalamHealthIndicator(() -> status, () -> journal(null)).health();
	}

	private static JournalStatus journal(@Nullable String trouble) {
		return new JournalStatus(4096, 0, new Sequence(1), new Sequence(9), new Sequence(7), SINCE, trouble);
	}

}
