/**
 * Tells one user from another before the server has said who it is: a hash of all that the token claims, but for what
 * changes with each token.
 * @param {string} token
 * @param {string} url
 * @param {SubtleCrypto | undefined} subtle
 * @returns {Promise<string | null>} `null` if it can't be told
 */
export function identify(token: string, url: string, subtle: SubtleCrypto | undefined): Promise<string | null>;
