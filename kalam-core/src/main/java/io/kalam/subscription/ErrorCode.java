package io.kalam.subscription;

/**
 * Why a request for or to a subscription was refused, or why a subscription has ended.
 */
public enum ErrorCode {

	/** The id is empty, too long, or in use. */
	INVALID_SUBSCRIPTION_ID,

	/** There are as many subscriptions as there may be. */
	SUBSCRIPTION_LIMIT_EXCEEDED,

	/** The user may no longer read the table. */
	UNAUTHORIZED,

	/** There is no such realtime table for this user. */
	NOT_FOUND,

	/** The query is not a valid live query. */
	INVALID_SQL,

	/** The query uses something that can't be followed exactly. */
	UNSUPPORTED,

	/** The subscription could not be started or kept up. */
	SUBSCRIPTION_FAILED,

	/** A row holds a value that can't be told. */
	CONVERSION_ERROR,

	/** A batch of the snapshot could not be read. */
	BATCH_FETCH_FAILED,

	/** The cursor can't be continued. */
	CURSOR_EXPIRED,

	/** What the client holds can no longer be kept up: it has to subscribe again. */
	RESYNC_REQUIRED

}
