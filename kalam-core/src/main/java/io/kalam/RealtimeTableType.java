package io.kalam;

/**
 * Who owns the rows of a realtime table.
 */
public enum RealtimeTableType {

	/**
	 * Every row belongs to the user whose identity is in its owner column; nobody else
	 * sees it.
	 */
	USER,

	/**
	 * The rows belong to all who may read the table.
	 */
	SHARED,

	/**
	 * The rows are events that live for a short while: no table of the database holds
	 * them. They are the owner's where the type names one, else of all who may read them.
	 */
	STREAM

}
