package io.kalam.event;

/**
 * How an event came to its end.
 */
public enum EventEnd {

	/** Its time was over. */
	EXPIRED,

	/** It was taken back, or nobody held it any longer. */
	RETRACTED,

	/** It was among the oldest of its owner's and made room for newer ones. */
	DROPPED

}
