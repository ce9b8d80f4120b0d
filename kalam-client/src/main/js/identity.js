/**
 * Who the user is, as far as that can be told without the server.
 */

/** Claims that change from one token of a user to the next. */
const PASSING_CLAIMS = ["exp", "iat", "nbf", "jti", "auth_time", "at_hash", "nonce", "sid", "session_state", "acr", "amr"];

/**
 * Tells one user from another before the server has said who it is: a hash of all that the token claims, but for what
 * changes with each token.
 * @param {string} token
 * @param {string} url
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<string | null>} `null` if it can't be told
 */
export async function identify(token, url, subtle) {
	try {
		const claims = readClaims(token);
		PASSING_CLAIMS.forEach((name) => delete claims[name]);
		const told = JSON.stringify([url, Object.entries(claims).sort(([a], [b]) => (a < b ? -1 : 1))]);
		const hash = await subtle?.digest("SHA-256", new TextEncoder().encode(told));
		return hash ? [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("") : null;
	} catch {
		return null;
	}
}

/**
 * @param {string} token
 * @returns {Record<string, unknown>}
 */
function readClaims(token) {
	const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
	const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
	const claims = JSON.parse(new TextDecoder().decode(bytes));
	if (!claims?.sub) {
		throw new TypeError("no subject");
	}
	return claims;
}
