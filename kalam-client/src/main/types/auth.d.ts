export class Tokens {
    /**
     * @param {KalamOptions['getToken']} getToken
     * @param {Clock} clock
     */
    constructor(getToken: KalamOptions["getToken"], clock: Clock);
    /**
     * @param {TokenReason} reason
     * @returns {Promise<string>} rejected with `TOKEN_UNAVAILABLE` if there is none or none in time
     */
    get(reason: TokenReason): Promise<string>;
    /**
     * Gets a token ahead of its use.
     * @returns {Promise<string>}
     */
    peek(): Promise<string>;
    /** The user may have changed. */
    forget(): void;
    #private;
}
import type { TokenReason } from "./types.js";
import type { KalamOptions } from "./types.js";
import type { Clock } from "./types.js";
