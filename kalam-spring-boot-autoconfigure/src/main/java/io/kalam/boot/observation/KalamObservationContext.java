package io.kalam.boot.observation;

import java.util.Locale;

import io.micrometer.observation.Observation;

/**
 * What is known of every unit of work that is observed.
 */
public abstract sealed class KalamObservationContext extends Observation.Context
		permits AuthenticationObservationContext, SnapshotObservationContext, ResumeObservationContext,
		CommitObservationContext {

	/**
	 * The outcome of work that nobody waited for any longer, and before the end of any.
	 */
	public static final String CANCELLED = "cancelled";

	private volatile String outcome = CANCELLED;

	KalamObservationContext() {
	}

	/**
	 * What became of the work.
	 * @return one of few words, which the manual lists; {@link #CANCELLED} before the end
	 */
	public String outcome() {
		return this.outcome;
	}

	void end(String outcome) {
		this.outcome = outcome;
	}

	void end(Enum<?> outcome) {
		end(outcome.name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

}
