package io.kalam.boot.test;

import org.jspecify.annotations.Nullable;

/**
 * What has become of an event that a user wanted to tell.
 *
 * @param stream the stream
 * @param refusal the code with which the event was refused, for instance
 * {@code UNAUTHORIZED}; {@code null} if it was told
 * @param message what the user was told of the refusal; {@code null} if there is none
 */
public record RealtimeTestPublication(String stream, @Nullable String refusal, @Nullable String message) {

	/**
	 * Whether the event was told.
	 * @return whether it is committed
	 */
	public boolean isTold() {
		return this.refusal == null;
	}

}
