/**
 * Something that the page should know of. `code` is the server's, or one of the client's own: `TOKEN_UNAVAILABLE`,
 * `TOKEN_REJECTED`, `SIGNED_OUT`, `FORBIDDEN`, `BLOCKED`, `VERSION`, `PROTOCOL`, `MESSAGE_TOO_LARGE`, `CLOSED`,
 * `NOT_CONNECTED`, `UNANSWERED`. The message says what to do and holds no token and no row.
 */
export class KalamError extends Error {
	/**
	 * @param {string} code
	 * @param {string} message
	 * @param {unknown} [cause]
	 */
	constructor(code, message, cause) {
		super(message, cause === undefined ? undefined : { cause });
		this.name = "KalamError";
		/** @readonly */
		this.code = code;
	}
}
