package io.kalam.boot;

import java.util.Locale;

import io.kalam.pipeline.PipelineState;
import io.kalam.pipeline.PipelineStatus;
import io.kalam.pipeline.RealtimePipeline;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/**
 * Says whether changes are streamed: {@code UP} while they are, {@code UNKNOWN} before
 * the first one can be, {@code OUT_OF_SERVICE} while the database is away and
 * {@code DOWN} when somebody has to do something.
 */
final class KalamHealthIndicator extends AbstractHealthIndicator {

	private final RealtimePipeline pipeline;

	KalamHealthIndicator(RealtimePipeline pipeline) {
		super("Kalam's health could not be found out");
		this.pipeline = pipeline;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		PipelineStatus status = this.pipeline.status();
		builder.status(status(status.state()))
			.withDetail("state", status.state().name().toLowerCase(Locale.ROOT))
			.withDetail("since", status.since().toString());
		if (!status.detail().isEmpty()) {
			builder.withDetail("detail", status.detail());
		}
	}

	private static Status status(PipelineState state) {
		return switch (state) {
			case STREAMING -> Status.UP;
			case STARTING -> Status.UNKNOWN;
			case RETRYING, STOPPED -> Status.OUT_OF_SERVICE;
			case DOWN -> Status.DOWN;
		};
	}

}
