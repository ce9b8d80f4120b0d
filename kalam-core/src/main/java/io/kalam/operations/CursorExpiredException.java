package io.kalam.operations;

import io.kalam.subscription.ErrorCode;

/**
 * A cursor can't be continued: it is older than what is kept, of another history or of
 * another query. Start without it, or with {@link RealtimeOptions#fromOrSnapshot}.
 */
public final class CursorExpiredException extends RealtimeStreamException {

	CursorExpiredException(String message) {
		super(ErrorCode.CURSOR_EXPIRED, message);
	}

}
