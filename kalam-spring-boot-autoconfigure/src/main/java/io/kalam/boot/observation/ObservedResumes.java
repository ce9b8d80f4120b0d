package io.kalam.boot.observation;

import io.kalam.catalog.TableName;
import io.kalam.subscription.ResumeListener;
import io.kalam.subscription.ResumeOutcome;
import io.kalam.subscription.SubscriptionListener;
import io.micrometer.observation.Observation;

/**
 * Observes clients that come back, from their cursor to the moment at which they are live
 * or are refused.
 */
final class ObservedResumes implements SubscriptionListener {

	private final Observations<ResumeObservationContext> observations;

	ObservedResumes(Observations<ResumeObservationContext> observations) {
		this.observations = observations;
	}

	@Override
	public ResumeListener resuming(TableName table) {
		if (this.observations.isOff()) {
			return ResumeListener.NONE;
		}
		ResumeObservationContext context = new ResumeObservationContext(table.toString());
		return new ObservedResume(context, this.observations.create(context).start());
	}

	private record ObservedResume(ResumeObservationContext context, Observation observation) implements ResumeListener {

		@Override
		public void decided(ResumeOutcome outcome) {
			if (outcome != ResumeOutcome.CONTINUED) {
				end(outcome);
			}
		}

		@Override
		public void caughtUp() {
			end(ResumeOutcome.CONTINUED);
		}

		@Override
		public void abandoned() {
			this.observation.stop();
		}

		private void end(ResumeOutcome outcome) {
			this.context.end(outcome);
			this.observation.stop();
		}

	}

}
