package io.kalam.oracle;

import java.sql.Connection;
import java.sql.SQLException;

import io.kalam.sequence.Sequence;

/**
 * Some clients of one kind. Used by one thread.
 */
interface Crowd extends AutoCloseable {

	/**
	 * A round begins: everybody asks for something.
	 */
	void begin();

	/**
	 * Everybody is disconnected.
	 */
	void disconnect();

	/**
	 * Everybody who was disconnected comes back, and goes on with what they held.
	 */
	void reconnect();

	/**
	 * Somebody takes what there is, or asks for something.
	 * @return whether there was anything
	 */
	boolean storm();

	/**
	 * Everybody takes what there is. Called again and again while nothing is written.
	 * @param end the position up to which everything has been published
	 * @param connection where to ask what the clients have to hold
	 * @return whether everybody is complete up to the position and there is nothing left
	 */
	boolean settle(Sequence end, Connection connection) throws SQLException;

	/**
	 * Checks that what everybody holds is what their queries return.
	 * @param end the position up to which everybody should be complete
	 * @param connection where to ask what the clients have to hold
	 */
	void compare(Sequence end, Connection connection) throws SQLException;

	@Override
	void close();

}
