export class Connector {
    /**
     * @param {string} url
     * @param {Tokens} tokens
     * @param {Environment} environment
     * @param {LineListener} listener
     */
    constructor(url: string, tokens: Tokens, environment: Environment, listener: LineListener);
    start(): void;
    /**
     * @param {ConnectionStatus} status what to say that it is
     * @param {PlainError} [error]
     */
    stop(status: ConnectionStatus, error?: PlainError): void;
    /** @param {object} message */
    send(message: object): void;
    /** @param {boolean} settled */
    settled(settled: boolean): void;
    renew(): void;
    /** @returns {'alone'} */
    get role(): "alone";
    /** There is nobody else on this line. */
    logout(): void;
    #private;
}
export type Tokens = import("./auth.js").Tokens;
import type { ConnectionStatus } from "./types.js";
import type { PlainError } from "./types.js";
import type { Environment } from "./types.js";
import type { LineListener } from "./types.js";
