package io.kalam.boot.observation;

/**
 * What is known of a commit that is being published.
 */
public final class CommitObservationContext extends KalamObservationContext {

	private final int changes;

	CommitObservationContext(int changes) {
		this.changes = changes;
	}

	/**
	 * How large it is.
	 * @return how many changes of realtime tables it has
	 */
	public int changes() {
		return this.changes;
	}

}
