/** @typedef {{ code: string, message: string } | null} PlainError */
/**
 * @typedef {{ kind: 'hello' | 'bye' | 'probe' | 'renew' | 'logout', tab: string }
 *   | { kind: 'send', tab: string, term: number, message: any }
 *   | { kind: 'outranked', tab: string, term: number, to: string }} FollowerMessage
 * @typedef {{ tab: string, term: number, to?: string } & ({ kind: 'lead' | 'alive' | 'down' | 'renewed' }
 *   | { kind: 'status', status: ConnectionStatus, error: PlainError }
 *   | { kind: 'up', session: { user: string, serverTime: number | null, age: number } }
 *   | { kind: 'frame', frame: Frame })} LeaderMessage
 */
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
     * @param {KalamError | null} [error]
     */
    stop(status: ConnectionStatus, error?: Failure | null): void;
    /** @param {object} message */
    send(message: object): void;
    /** @param {boolean} settled */
    settled(settled: boolean): void;
    renew(): void;
    reconnect(): void;
    logout(): void;
    #private;
}
export type PlainError = {
    code: string;
    message: string;
} | null;
export type FollowerMessage = {
    kind: "hello" | "bye" | "probe" | "renew" | "logout";
    tab: string;
} | {
    kind: "send";
    tab: string;
    term: number;
    message: any;
} | {
    kind: "outranked";
    tab: string;
    term: number;
    to: string;
};
export type LeaderMessage = {
    tab: string;
    term: number;
    to?: string;
} & ({
    kind: "lead" | "alive" | "down" | "renewed";
} | {
    kind: "status";
    status: ConnectionStatus;
    error: PlainError;
} | {
    kind: "up";
    session: {
        user: string;
        serverTime: number | null;
        age: number;
    };
} | {
    kind: "frame";
    frame: Frame;
});
import type { ConnectionStatus } from "./types.js";
import { KalamError as Failure } from "./errors.js";
import type { Environment } from "./types.js";
import type { LineListener } from "./types.js";
import type { Line } from "./types.js";
import type { Frame } from "./types.js";
