package io.kalam.snapshot;

/**
 * A snapshot could not be read. The message is fit for a log.
 */
public class SnapshotException extends RuntimeException {

	/**
	 * A read has failed.
	 * @param message what happened
	 */
	public SnapshotException(String message) {
		super(message);
	}

	/**
	 * A read has failed.
	 * @param message what happened
	 * @param cause why
	 */
	public SnapshotException(String message, Throwable cause) {
		super(message, cause);
	}

}
