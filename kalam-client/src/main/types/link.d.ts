/**
 * @typedef {object} LinkListener
 * @property {(session: Session) => void} up the server has taken the token
 * @property {() => void} renewed and another one of the same user
 * @property {(frame: Frame) => void} frame of an authenticated socket
 * @property {(error: KalamError | null, code: number) => void} ended with what is wrong, if that is known, and the code
 *   with which the server has closed
 */
export class Link {
    /**
     * @param {Tokens} tokens
     * @param {Environment} environment
     * @param {LinkListener} listener
     */
    constructor(tokens: Tokens, environment: Environment, listener: LinkListener);
    isUp: boolean;
    /**
     * @param {string} url
     * @param {TokenReason} reason
     */
    open(url: string, reason: TokenReason): Promise<void>;
    /** @param {object} message */
    send(message: object): void;
    renew(): void;
    /** Asks whether somebody is there. */
    probe(): void;
    /** Ends it without a word. */
    end(): void;
    #private;
}
export type LinkListener = {
    /**
     * the server has taken the token
     */
    up: (session: Session) => void;
    /**
     * and another one of the same user
     */
    renewed: () => void;
    /**
     * of an authenticated socket
     */
    frame: (frame: Frame) => void;
    /**
     * with what is wrong, if that is known, and the code
     * with which the server has closed
     */
    ended: (error: KalamError | null, code: number) => void;
};
import type { TokenReason } from "./types.js";
import type { Tokens } from "./auth.js";
import type { Environment } from "./types.js";
import type { Session } from "./types.js";
import type { Frame } from "./types.js";
import { KalamError } from "./errors.js";
