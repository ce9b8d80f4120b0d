package io.kalam.catalog;

import org.jspecify.annotations.Nullable;

/**
 * The database can't serve us at the moment; trying again later may succeed without
 * anybody doing anything. The message is fit for a log.
 */
public class DatabaseUnavailableException extends RuntimeException {

	/**
	 * A passing failure.
	 * @param message what happened
	 * @param cause what the driver said, if it was an error
	 */
	public DatabaseUnavailableException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
