package io.kalam.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.journal.JournalStatus;
import io.kalam.pipeline.CaptureStatus;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Identity;
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
			"SLOT_LOST, DOWN, slot_lost", "DOWN, DOWN, down" })
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
		Health health = new KalamHealthIndicator(() -> streaming, () -> null, () -> journal("Make room.")).health();
		assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
		assertThat(health.getDetails()).containsEntry("state", "streaming")
			.containsEntry("journal", Map.of("bytes", 4096L, "head", "9", "durable", "7", "oldest",
					"2026-01-01T00:00:00Z", "trouble", "Make room."));
	}

	@Test
	void asksNothingOfAJournalThatIsClosed() {
		Health health = new KalamHealthIndicator(() -> new PipelineStatus(PipelineState.STOPPED, SINCE, ""), () -> null,
				() -> {
					throw new IllegalStateException("closed");
				})
			.health();
		assertThat(health.getStatus().getCode()).isEqualTo("OUT_OF_SERVICE");
		assertThat(health.getDetails()).containsOnlyKeys("state", "since");
	}

	@ParameterizedTest
	@CsvSource({ "0, 0, reserved, streaming", "17000000, 0, reserved, catching_up", "0, 11, reserved, catching_up",
			"17000000, 11, unreserved, slot_at_risk" })
	void tellsHowFarCaptureIsWhileItStreams(long lagBytes, long lag, String walStatus, String state) {
		PipelineStatus streaming = new PipelineStatus(PipelineState.STREAMING, SINCE, "");
		Health health = new KalamHealthIndicator(() -> streaming, () -> capture(lagBytes, lag, walStatus),
				() -> journal(null))
			.health();
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails()).containsEntry("state", state);
		assertThat(health.getDetails().containsKey("slot")).isEqualTo(state.equals("slot_at_risk"));
	}

	@Test
	void saysThatTheSlotIsAtRiskWhileTheDatabaseIsAway() {
		PipelineStatus away = new PipelineStatus(PipelineState.RETRYING, SINCE, "away");
		Health health = new KalamHealthIndicator(() -> away, () -> capture(0, 60, "unreserved"), () -> journal(null))
			.health();
		assertThat(health.getDetails()).containsEntry("state", "retrying");
		assertThat(String.valueOf(health.getDetails().get("slot"))).contains("max_slot_wal_keep_size");
	}

	@ParameterizedTest
	@CsvSource({ "60, true, true", "60, false, false", "1, true, false" })
	void saysThatAStandbyHoldsChangesBack(long lag, boolean awaits, boolean told) {
		PipelineStatus streaming = new PipelineStatus(PipelineState.STREAMING, SINCE, "streaming");
		Health health = new KalamHealthIndicator(() -> streaming, () -> capture(0, lag, "reserved", awaits),
				() -> journal(null))
			.health();
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails().containsKey("standby")).isEqualTo(told);
	}

	private static CaptureStatus capture(long lagBytes, long lag, String walStatus) {
		return capture(lagBytes, lag, walStatus, false);
	}

	private static CaptureStatus capture(long lagBytes, long lag, String walStatus, boolean awaitsStandby) {
		SlotState slot = new SlotState("slot", "pgoutput", "postgres", 1, new Lsn(1), new Lsn(1), walStatus, 1000L,
				null, false, false, true, awaitsStandby);
		return new CaptureStatus(new Identity("slot", new Generation(1), new UUID(0, 1), 1, new Lsn(1), 1, 1, 1),
				new ServerState(170000, 1, 1, 1, new Lsn(100), new Lsn(100)), slot, Duration.ZERO, lagBytes,
				Duration.ofSeconds(lag), Duration.ZERO);
	}

	private static Health health(PipelineStatus status) {
		return new KalamHealthIndicator(() -> status, () -> null, () -> journal(null)).health();
	}

	private static JournalStatus journal(@Nullable String trouble) {
		return new JournalStatus(4096, 0, new Sequence(1), new Sequence(9), new Sequence(7), SINCE, trouble);
	}

}
