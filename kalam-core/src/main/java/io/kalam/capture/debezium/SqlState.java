package io.kalam.capture.debezium;

/**
 * The SQLSTATEs that mean something to the capture.
 */
final class SqlState {

	static final String CONNECTION_FAILURE = "08006";

	static final String UNDEFINED_OBJECT = "42704";

	static final String INSUFFICIENT_PRIVILEGE = "42501";

	static final String UNKNOWN_DATABASE = "3D000";

	static final String OBJECT_IN_USE = "55006";

	static final String NOT_IN_PREREQUISITE_STATE = "55000";

	static final String UNDEFINED_FILE = "58P01";

	static final String TOO_MANY_CONNECTIONS = "53300";

	private SqlState() {
	}

}
