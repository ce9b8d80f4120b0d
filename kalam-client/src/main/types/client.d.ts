export class Client {
    /**
     * @param {KalamOptions} options
     * @param {Environment} environment
     * @param {string} url
     */
    constructor(options: KalamOptions, environment: Environment, url: string);
    /** @type {ConnectionStatus} */
    status_: ConnectionStatus;
    /** @type {KalamError | null} */
    error: KalamError | null;
    /** @type {Set<() => void>} */
    connectionListeners: Set<() => void>;
    /** @returns {ConnectionStatus} */
    get connection(): ConnectionStatus;
    /**
     * @param {string} key
     * @returns {LiveState<any>}
     */
    stateOf(key: string): LiveState<any>;
    /**
     * @param {string} key
     * @returns {Cursor | null}
     */
    cursorOf(key: string): Cursor | null;
    /**
     * @template L
     * @param {Query} query
     * @param {(active: ActiveQuery) => Set<L>} which
     * @param {L} listener
     * @returns {() => void}
     */
    listen<L>(query: Query, which: (active: ActiveQuery) => Set<L>, listener: L): () => void;
    /** @param {string} key */
    refresh(key: string): void;
    /** @param {AuthEvent} event */
    setAuth(event: AuthEvent): void;
    close(): void;
    debug(): {
        connection: ConnectionStatus;
        error: KalamError | null;
        user: string | null;
        tab: string;
        sharing: "alone" | "leader" | "follower";
        seq: string | null;
        lagMs: number | null;
        connectedMs: number | null;
        queries: {
            sql: string;
            state: import("./transitions.js").State;
            rows: number;
            seq: string | null;
            cursor: Cursor | null;
            listeners: number;
            id: string | null;
        }[];
    };
    /**
     * @param {ConnectionStatus} status
     * @param {KalamError | null} error
     */
    status(status: ConnectionStatus, error: KalamError | null): void;
    /** @param {Session} session */
    up(session: Session): void;
    down(): void;
    renewed(): void;
    /** Somebody has signed out in another tab. */
    loggedOut(): void;
    /** @param {Frame} frame */
    frame(frame: Frame): void;
    #private;
}
import type { ConnectionStatus } from "./types.js";
import { KalamError } from "./errors.js";
import type { LiveState } from "./types.js";
import type { Cursor } from "./types.js";
import type { Query } from "./types.js";
import { ActiveQuery } from "./active.js";
import type { AuthEvent } from "./types.js";
import type { Session } from "./types.js";
import type { Frame } from "./types.js";
import type { KalamOptions } from "./types.js";
import type { Environment } from "./types.js";
