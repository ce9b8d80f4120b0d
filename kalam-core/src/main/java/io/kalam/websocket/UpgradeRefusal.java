package io.kalam.websocket;

/**
 * Why a request for a socket or an event stream was refused.
 */
public enum UpgradeRefusal {

	/** It is no request for a WebSocket. */
	NO_UPGRADE,

	/** It is no GET, where an event stream is asked for. */
	METHOD,

	/** It asks for an event stream of something that can't be read. */
	MALFORMED,

	/** It comes from a page of an origin that is not allowed. */
	ORIGIN,

	/** It has a token in the query string. */
	TOKEN_IN_QUERY,

	/** It has several tokens. */
	SEVERAL_TOKENS,

	/** The server stands by, or stops. */
	NOT_ACCEPTING

}
