package io.kalam.pipeline;

/**
 * Is told what the pipeline does with what is captured. Called by the source's thread;
 * has to return at once.
 */
public interface PipelineListener {

	/**
	 * Listens to nothing.
	 */
	PipelineListener NONE = new PipelineListener() {
	};

	/**
	 * A transaction that touched a realtime table is being published. Has to run the
	 * work, once, and to let through what it throws.
	 * @param changes how many changes of realtime tables it has
	 * @param work appends it to the journal and tells the sessions
	 */
	default void publishing(int changes, Runnable work) {
		work.run();
	}

	/**
	 * A transaction that touched a realtime table has been appended to the journal.
	 * @param changes how many changes of realtime tables it has
	 * @param nanos how long the journal took, in nanoseconds: for a transaction that does
	 * not fit into memory, to publish what was staged before
	 */
	default void appended(int changes, long nanos) {
	}

}
