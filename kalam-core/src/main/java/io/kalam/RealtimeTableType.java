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
	SHARED

}
