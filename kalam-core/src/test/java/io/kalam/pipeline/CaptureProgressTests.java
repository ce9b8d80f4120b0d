package io.kalam.pipeline;

import java.time.Duration;
import java.util.UUID;

import io.kalam.catalog.Lsn;
import io.kalam.catalog.ServerState;
import io.kalam.catalog.SlotState;
import io.kalam.catalog.TransactionSnapshot;
import io.kalam.sequence.Generation;
import io.kalam.sequence.Heartbeat;
import io.kalam.sequence.Identity;
import io.kalam.sequence.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CaptureProgressTests {

	private static final Generation GENERATION = new Generation(1);

	private UUID incarnation = new UUID(0, 1);

	private Sequence head = Sequence.of(GENERATION, new Lsn(100));

	private long seconds;

	private final CaptureProgress progress = new CaptureProgress(() -> this.head,
			() -> Duration.ofSeconds(this.seconds).toNanos());

	@Test
	void knowsNothingBeforeTheFirstBeat() {
		assertThat(this.progress.status(PipelineState.STREAMING)).isNull();
	}

	@Test
	void lagsByTheOldestMessageThatHasNotComeBack() {
		beat(100, 200);
		pass(5).beat(100, 300);
		pass(2);
		assertThat(status().lagBytes()).isEqualTo(200);
		assertThat(status().lag()).isEqualTo(Duration.ofSeconds(7));
		captured(200);
		assertThat(status().lagBytes()).isEqualTo(100);
		assertThat(status().lag()).isEqualTo(Duration.ofSeconds(2));
		captured(301);
		assertThat(status().lagBytes()).isZero();
		assertThat(status().lag()).isZero();
	}

	@Test
	void isUnacknowledgedSinceTheOldestBeatThatIsNotSettled() {
		beat(100, 200);
		captured(1000);
		pass(5).beat(100, 300);
		pass(300);
		assertThat(status().lag()).isZero();
		assertThat(status().unacknowledged()).isEqualTo(Duration.ofSeconds(305));
		beat(200, 400);
		assertThat(status().unacknowledged()).isEqualTo(Duration.ofSeconds(300));
		beat(400, 500);
		assertThat(status().unacknowledged()).isZero();
	}

	@Test
	void lagsWithoutAStreamByTheLastBeat() {
		beat(100, 200);
		captured(200);
		pass(60);
		assertThat(status().lag()).isZero();
		assertThat(this.progress.status(PipelineState.RETRYING)).isNotNull()
			.extracting(CaptureStatus::lag)
			.isEqualTo(Duration.ofSeconds(60));
	}

	@Test
	void beginsAnewWithAnotherHistory() {
		beat(100, 200);
		pass(60);
		this.incarnation = new UUID(0, 2);
		captured(50);
		beat(50, 60);
		assertThat(status().lag()).isZero();
		assertThat(status().lagBytes()).isEqualTo(10);
	}

	@Test
	void keepsWithinItsBoundsHoweverLongNothingComesBack() {
		for (int i = 0; i < 5000; i++) {
			pass(5).beat(100, 200 + i);
		}
		assertThat(status().lag()).isEqualTo(Duration.ofSeconds(5 * 4999));
		captured(200 + 4998);
		assertThat(status().lag()).isPositive();
		captured(200 + 4999);
		assertThat(status().lag()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "reserved, , false", "reserved, 1000, false", "extended, 250, false", "extended, 249, true",
			"unreserved, , true", "unreserved, -5, true", "lost, , false" })
	void isAtRiskWhenLittleIsLeft(String walStatus, Long safe, boolean atRisk) {
		SlotState slot = new SlotState("slot", "pgoutput", "postgres", 1, new Lsn(0), new Lsn(0), walStatus, safe, null,
				false, false, false, false);
		CaptureStatus status = new CaptureStatus(identity(0), server(1000), slot, Duration.ZERO, 0, Duration.ZERO,
				Duration.ZERO);
		assertThat(status.isSlotAtRisk()).isEqualTo(atRisk);
		assertThat(status.retainedBytes()).isEqualTo(1000);
	}

	private CaptureProgressTests pass(int more) {
		this.seconds += more;
		return this;
	}

	private void captured(long lsn) {
		this.head = Sequence.of(GENERATION, new Lsn(lsn));
	}

	private void beat(long acknowledged, long message) {
		this.progress.beaten(new Heartbeat(identity(acknowledged), new TransactionSnapshot(1, 1, new long[0]),
				new Lsn(message), server(message + 8), null));
	}

	private CaptureStatus status() {
		CaptureStatus status = this.progress.status(PipelineState.STREAMING);
		assertThat(status).isNotNull();
		return status;
	}

	private Identity identity(long acknowledged) {
		return new Identity("slot", GENERATION, this.incarnation, 1, new Lsn(acknowledged), 1, 1, 1);
	}

	private static ServerState server(long inserted) {
		return new ServerState(170000, 1, 1, 1, new Lsn(inserted), new Lsn(inserted));
	}

}
