package io.kalam.boot;

import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

import io.kalam.journal.JournalStatus;
import io.kalam.pipeline.CaptureStatus;
import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether changes are streamed: {@code UP} while they are (or there is no realtime
 * table), {@code UNKNOWN} before the first one can be and while another process streams
 * them, {@code OUT_OF_SERVICE} while the database is away and {@code DOWN} when somebody
 * has to do something. Standing by is no fault, and the rest of the application works: it
 * takes no traffic away unless the operator maps it to a status that does. A journal
 * whose disk takes nothing is {@code DOWN}, whatever else works: clients are served
 * meanwhile, until as much is in memory as may be. A process that streams and is behind
 * says {@code catching_up}, and {@code slot_at_risk} if the database is about to give up
 * the slot: it is {@code UP}, because it serves its clients.
 */
final class KalamHealthIndicator extends AbstractHealthIndicator {

	private final Supplier<PipelineStatus> status;

	private final Supplier<@Nullable CaptureStatus> capture;

	private final Supplier<JournalStatus> journal;

	KalamHealthIndicator(Supplier<PipelineStatus> status, Supplier<@Nullable CaptureStatus> capture,
			Supplier<JournalStatus> journal) {
		super("Kalam's health could not be found out");
		this.status = status;
		this.capture = capture;
		this.journal = journal;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PipelineStatus status = this.status.get();
		builder.status(status(status.state()))
			.withDetail("state", status.state().name().toLowerCase(Locale.ROOT))
			.withDetail("since", status.since().toString());
		if (!status.detail().isEmpty()) {
			builder.withDetail("detail", status.detail());
		}
		CaptureStatus capture = this.capture.get();
		if (capture != null) {
			addCapture(builder, status, capture);
		}
		if (status.state() != PipelineState.STOPPED) {
			addJournal(builder);
		}
	}

	private static void addCapture(Health.Builder builder, PipelineStatus status, CaptureStatus capture) {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("lagBytes", capture.lagBytes());
		details.put("lag", capture.lag().truncatedTo(ChronoUnit.MILLIS).toString());
		details.put("retainedBytes", capture.retainedBytes());
		Long safe = capture.safeBytes();
		if (safe != null) {
			details.put("safeBytes", safe);
		}
		builder.withDetail("capture", details);
		if (capture.isSlotAtRisk() && status.state() != PipelineState.SLOT_LOST) {
			builder.withDetail("slot", "The database gives up the replication slot when it has written " + safe
					+ " bytes more of its log: see the state for why it is not read, or raise the limit (ALTER SYSTEM "
					+ "SET max_slot_wal_keep_size = '…'; SELECT pg_reload_conf();).");
		}
		if (capture.isHeldByStandby()) {
			builder.withDetail("standby",
					"The database holds changes back until the standbys have them that synchronized_standby_slots names: "
							+ "see which is away (SELECT slot_name, active FROM pg_replication_slots WHERE slot_type = "
							+ "'physical';), bring it back, or take it out of the setting.");
		}
		if (status.state() == PipelineState.STREAMING) {
			builder.withDetail("state", streaming(capture));
		}
	}

	private static String streaming(CaptureStatus capture) {
		if (capture.isSlotAtRisk()) {
			return "slot_at_risk";
		}
		return capture.isCatchingUp() ? "catching_up" : "streaming";
	}

	private void addJournal(Health.Builder builder) {
		JournalStatus journal = this.journal.get();
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("bytes", journal.bytes());
		details.put("head", journal.head().toString());
		details.put("durable", journal.durable().toString());
		if (journal.oldest() != null) {
			details.put("oldest", journal.oldest().toString());
		}
		if (journal.trouble() != null) {
			builder.down();
			details.put("trouble", journal.trouble());
		}
		builder.withDetail("journal", details);
	}

	private static Status status(PipelineState state) {
		return switch (state) {
			case STREAMING, IDLE -> Status.UP;
			case STARTING, STANDBY -> Status.UNKNOWN;
			case RETRYING, STOPPED -> Status.OUT_OF_SERVICE;
			case DEGRADED, SLOT_LOST, DOWN -> Status.DOWN;
		};
	}

}
