export class SharedLine {
    /**
     * @param {string} identity who the user is; the same for the tabs that share
     * @param {string} tab
     * @param {Environment} environment
     * @param {(listener: LineListener) => Line} connect
     * @param {LineListener & { loggedOut: () => void }} listener
     */
    constructor(identity: string, tab: string, environment: Environment, connect: (listener: LineListener) => Line, listener: LineListener & {
        loggedOut: () => void;
    });
    /** @returns {'leader' | 'follower'} */
    get role(): "leader" | "follower";
    start(): void;
    /**
     * @param {ConnectionStatus} status
     * @param {PlainError} [error]
     */
    stop(status: ConnectionStatus, error?: PlainError): void;
    /** @param {object} message */
    send(message: object): void;
    /** @param {boolean} settled */
    settled(settled: boolean): void;
    renew(): void;
    logout(): void;
    #private;
}
import type { ConnectionStatus } from "./types.js";
import type { PlainError } from "./types.js";
import type { Environment } from "./types.js";
import type { LineListener } from "./types.js";
import type { Line } from "./types.js";
