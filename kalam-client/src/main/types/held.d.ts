/** @type {Effect[]} */
export const NOTHING: Effect[];
/** @type {Effect} */
export const NOTIFY: Effect;
/** @type {Effect} */
export const UNSUBSCRIBE: Effect;
export class Held {
    /** @param {Query} query */
    constructor(query: Query);
    /** @type {State} */
    state: State;
    /** @type {KalamError | null} */
    error: KalamError | null;
    /** Where the rows are from. @type {'none' | 'cache' | 'server'} */
    source: "none" | "cache" | "server";
    /** The commit of the rows. @type {string | null} */
    seq: string | null;
    loading: boolean;
    /** @protected @type {Cursor | null} */
    protected kept: Cursor | null;
    /** @protected @type {string | null} */
    protected epoch: string | null;
    /** Whether it catches up from a snapshot, not from a cursor. @protected */
    protected fresh: boolean;
    /** @protected @type {AnyRow[]} */
    protected staged: AnyRow[];
    /** @protected */
    protected batches: number;
    /** A snapshot that is behind what is shown. @protected @type {Rows | null} */
    protected behind: Rows | null;
    /** The epoch of `seq`. @protected @type {string | null} */
    protected shownEpoch: string | null;
    /** Whether rows of an incomplete snapshot are shown. @protected */
    protected partial: boolean;
    /** @protected */
    protected acknowledged: boolean;
    /** @protected */
    protected chain: Chain;
    /** @protected */
    protected resyncs: number;
    /** @protected */
    protected retries: number;
    query: Query;
    rows: Rows;
    /** @returns {LiveStatus} */
    get status(): LiveStatus;
    get stale(): boolean;
    /**
     * The cursor from which the rows as they are can be continued.
     * @param {string | null} liveSeq where the live chain is
     * @returns {Cursor | null}
     */
    cursor(liveSeq: string | null): Cursor | null;
    /** Whether nothing is on its way. */
    get isSettled(): boolean;
    /** A quiet time has passed: what went wrong before it does not count any more. */
    forgive(): void;
    /**
     * @param {Event} event
     * @returns {Effect[]}
     */
    unexpected(event: Event): Effect[];
    /**
     * @protected
     * Leaves the wire; what can be continued is kept.
     * @param {string | null} liveSeq
     */
    protected leave(liveSeq: string | null): void;
    /** @protected */
    protected forgetRows(): void;
    /** @protected @returns {Effect[]} */
    protected subscribe(): Effect[];
    /**
     * @protected
     * Subscribes again, from the cursor if there is one.
     * @param {string} why
     * @returns {Effect[]}
     */
    protected restart(why: string): Effect[];
    /** @protected @returns {Effect[]} */
    protected resync(): Effect[];
    /** @protected @returns {Effect[]} */
    protected tryAgain(): Effect[];
    /**
     * @protected
     * @param {string} code
     * @param {string} message
     */
    protected give(code: string, message: string): void;
}
import type { Effect } from "./transitions.js";
import type { State } from "./transitions.js";
import { KalamError } from "./errors.js";
import type { Cursor } from "./types.js";
import type { AnyRow } from "./types.js";
import { Rows } from "./rows.js";
import { Chain } from "./chain.js";
import type { Query } from "./types.js";
import type { LiveStatus } from "./types.js";
import type { Event } from "./transitions.js";
