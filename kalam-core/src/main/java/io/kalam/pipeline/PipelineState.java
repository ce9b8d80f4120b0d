package io.kalam.pipeline;

/**
 * What the pipeline is doing.
 */
public enum PipelineState {

	/** It has not been started, or has been stopped. */
	STOPPED,

	/** It looks at the database and waits for its slot. */
	STARTING,

	/** It streams. */
	STREAMING,

	/** It has lost the database and tries again by itself. */
	RETRYING,

	/** It can't go on until somebody has done something; it looks now and then. */
	DOWN

}
