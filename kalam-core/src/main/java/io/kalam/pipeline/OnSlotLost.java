package io.kalam.pipeline;

/**
 * What is done when the slot that history was read from is gone, or Postgres has given it
 * up, so that changes are lost that nobody has read.
 */
public enum OnSlotLost {

	/** Make a new slot and begin a generation: every client reads a new snapshot. */
	RESYNC,

	/** Wait until somebody has made a new slot, and say what to type. */
	FAIL

}
