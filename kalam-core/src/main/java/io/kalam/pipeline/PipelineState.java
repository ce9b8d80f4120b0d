package io.kalam.pipeline;

/**
 * What the pipeline is doing.
 */
public enum PipelineState {

	/** It has not been started, or has been stopped. */
	STOPPED,

	/** There is no realtime table, and hence nothing to do. */
	IDLE,

	/** It looks at the database and waits for its slot. */
	STARTING,

	/**
	 * Another process reads the slot; it waits, serves nobody, and takes over when that
	 * one is gone.
	 */
	STANDBY,

	/** It streams. */
	STREAMING,

	/** It streams, and a realtime table is not as it has to be. */
	DEGRADED,

	/** It has lost the database and tries again by itself. */
	RETRYING,

	/**
	 * The slot is gone or was given up, and it may not make another one: somebody has to.
	 */
	SLOT_LOST,

	/** It can't go on until somebody has done something; it looks now and then. */
	DOWN

}
