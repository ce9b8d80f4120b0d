package io.kalam.pipeline;

/**
 * Is told what the pipeline does with what is captured. Called by the source's thread;
 * has to return at once.
 */
@FunctionalInterface
public interface PipelineListener {

	/**
	 * Listens to nothing.
	 */
	PipelineListener NONE = (changes, nanos) -> {
	};

	/**
	 * A transaction that touched a realtime table has been appended to the journal.
	 * @param changes how many changes of realtime tables it has
	 * @param nanos how long the journal took, in nanoseconds: for a transaction that does
	 * not fit into memory, to publish what was staged before
	 */
	void appended(int changes, long nanos);

}
