package io.kalam.capture.debezium;

/**
 * A change does not carry all of a row: the table's replica identity is not FULL, or its
 * columns are not those that were known.
 */
final class IncompleteRowException extends RuntimeException {

	IncompleteRowException(String message) {
		super(message, null, false, false);
	}

}
