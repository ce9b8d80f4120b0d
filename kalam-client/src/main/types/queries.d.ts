/**
 * @typedef {object} Host
 * @property {Keeper | null} keeper
 * @property {(message: object) => void} send
 * @property {(active: ActiveQuery) => void} hydrate looks for stored rows, as soon as that can be done
 */
export class Queries {
    /**
     * @param {Environment} environment
     * @param {string} tab
     * @param {Turn} turn
     * @param {Host} host
     */
    constructor(environment: Environment, tab: string, turn: Turn, host: Host);
    /** @type {Map<string, ActiveQuery>} */
    all: Map<string, ActiveQuery>;
    /** @type {Session | null} */
    session: Session | null;
    isUp: boolean;
    /** @type {number | null} */
    lagMs: number | null;
    /** Up to where the live chain is complete. */
    get seq(): string | null;
    /** @param {string} key */
    cursorOf(key: string): Cursor | null;
    /** Whether nothing is on its way. */
    get isSettled(): boolean;
    describe(): {
        sql: string;
        state: import("./transitions.js").State;
        rows: number;
        seq: string | null;
        cursor: Cursor | null;
        listeners: number;
        id: string | null;
    }[];
    /** @param {Session} session */
    up(session: Session): void;
    down(): void;
    /** @param {Frame} frame */
    take(frame: Frame): void;
    /**
     * Ends a query.
     * @param {ActiveQuery} active
     */
    settle(active: ActiveQuery): void;
    /** @param {Event} event */
    dispatchAll(event: Event): void;
    /**
     * @param {ActiveQuery} active
     * @param {Event} event
     */
    dispatch(active: ActiveQuery, event: Event): void;
    #private;
}
export type Host = {
    keeper: Keeper | null;
    send: (message: object) => void;
    /**
     * looks for stored rows, as soon as that can be done
     */
    hydrate: (active: ActiveQuery) => void;
};
import type { ActiveQuery } from "./active.js";
import type { Session } from "./types.js";
import type { Cursor } from "./types.js";
import type { Frame } from "./types.js";
import type { Event } from "./transitions.js";
import type { Environment } from "./types.js";
import type { Turn } from "./turn.js";
import type { Keeper } from "./keeper.js";
