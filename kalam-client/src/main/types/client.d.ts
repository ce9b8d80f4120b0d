export class Client extends Connection {
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
        connection: import("./types.js").ConnectionStatus;
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
    /** @param {(host: EventsHost) => Events} create */
    attach(create: (host: EventsHost) => Events): Events;
    connect(): void;
    #private;
}
import { Connection } from "./connection.js";
import type { LiveState } from "./types.js";
import type { Cursor } from "./types.js";
import type { Query } from "./types.js";
import { ActiveQuery } from "./active.js";
import type { AuthEvent } from "./types.js";
import { KalamError } from "./errors.js";
import type { EventsHost } from "./events.js";
import type { Events } from "./events.js";
