package io.kalam.boot.observation;

import io.kalam.pipeline.PipelineListener;
import io.micrometer.observation.Observation;

/**
 * Observes the publishing of commits: to the journal, and to the sessions.
 */
final class ObservedCommits implements PipelineListener {

	private final Observations<CommitObservationContext> observations;

	ObservedCommits(Observations<CommitObservationContext> observations) {
		this.observations = observations;
	}

	@Override
	public void publishing(int changes, Runnable work) {
		if (this.observations.isOff()) {
			work.run();
			return;
		}
		CommitObservationContext context = new CommitObservationContext(changes);
		Observation observation = this.observations.create(context).start();
		Observation.Scope scope = observation.openScope();
		try {
			work.run();
			context.end("published");
		}
		catch (RuntimeException ex) {
			context.end("failed");
			observation.error(ObservedFailure.of(ex));
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

}
