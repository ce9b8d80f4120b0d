package io.kalam.operations;

import io.kalam.subscription.ErrorCode;

/**
 * The rows of a table don't fit the class that they are wanted as. The message names the
 * class, the property and the column, and no value.
 */
public final class RowConversionException extends RealtimeStreamException {

	RowConversionException(String message) {
		super(ErrorCode.SUBSCRIPTION_FAILED, message);
	}

}
