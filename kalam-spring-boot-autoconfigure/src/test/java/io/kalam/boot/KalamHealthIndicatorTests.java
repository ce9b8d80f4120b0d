package io.kalam.boot;

import java.time.Instant;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
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
		assertThat(health.getDetails()).containsOnlyKeys("state", "since")
			.containsEntry("state", word)
			.containsEntry("since", "2026-01-01T00:00:00Z");
	}

	@ParameterizedTest
	@CsvSource({ "STARTING, waits for 17", "DOWN, do this" })
	void tellsWhatAnOperatorShouldKnow(PipelineState state, String detail) {
		assertThat(health(new PipelineStatus(state, SINCE, detail)).getDetails()).containsEntry("detail", detail);
	}

	private static Health health(PipelineStatus status) {
		return new KalamHealthIndicator(() -> status).health();
	}

}
