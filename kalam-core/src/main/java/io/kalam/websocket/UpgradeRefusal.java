package io.kalam.websocket;

/**
 * Why a request for a socket was refused.
 */
public enum UpgradeRefusal {

	/** It is no request for a WebSocket. */
	NO_UPGRADE,

	/** It comes from a page of an origin that is not allowed. */
	ORIGIN,

	/** It has a token in the query string. */
	TOKEN_IN_QUERY,

	/** It has several tokens. */
	SEVERAL_TOKENS,

	/** The server stands by, or stops. */
	NOT_ACCEPTING

}
