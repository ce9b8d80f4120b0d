export class Renewal {
    /**
     * @param {Environment} environment
     * @param {Tokens} tokens
     * @param {(token: string) => void} send
     */
    constructor(environment: Environment, tokens: Tokens, send: (token: string) => void);
    /**
     * The server has taken a token.
     * @param {number} left milliseconds for which it is good
     */
    plan(left: number): void;
    /**
     * Renews it at once.
     * @param {number} [failures] how often that has failed already
     */
    now(failures?: number): Promise<void>;
    /** For good. */
    stop(): void;
    #private;
}
import type { Environment } from "./types.js";
import type { Tokens } from "./auth.js";
