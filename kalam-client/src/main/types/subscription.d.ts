export class Subscription {
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
     * @returns {Effect[]} what has to be done, in this order
     */
    handle(event: Event): Effect[];
    /** @returns {Effect[]} */
    ignore(): Effect[];
    /**
     * @param {Event} event
     * @returns {Effect[]}
     */
    unexpected(event: Event): Effect[];
    /**
     * @param {ListenEvent} event
     * @returns {Effect[]}
     */
    listen({ persisted, up }: ListenEvent): Effect[];
    /**
     * @param {HydratedEvent} event
     * @returns {Effect[]}
     */
    hydrated({ stored, up }: HydratedEvent): Effect[];
    /** @returns {Effect[]} */
    up(): Effect[];
    /**
     * @param {DownEvent} event
     * @returns {Effect[]}
     */
    down({ seq }: DownEvent): Effect[];
    /**
     * @param {AckEvent} event
     * @returns {Effect[]}
     */
    ack(event: AckEvent): Effect[];
    /**
     * @param {BatchEvent} event
     * @returns {Effect[]}
     */
    batch(event: BatchEvent): Effect[];
    /**
     * @param {AdvanceEvent} event
     * @returns {Effect[]}
     */
    advance(event: AdvanceEvent): Effect[];
    /**
     * A commit of which some parts came before a reset: they are void.
     * @param {ChangeEvent} event
     * @returns {Effect[]}
     */
    stray(event: ChangeEvent): Effect[];
    /**
     * @param {ChangeEvent} event
     * @returns {Effect[]}
     */
    change({ seq, commitTime, changes }: ChangeEvent): Effect[];
    /**
     * @param {GapEvent} event
     * @returns {Effect[]}
     */
    gap({ seq }: GapEvent): Effect[];
    /**
     * @param {ResetEvent} event
     * @returns {Effect[]}
     */
    reset({ frame }: ResetEvent): Effect[];
    /**
     * @param {ErrorEvent} event
     * @returns {Effect[]}
     */
    fail({ frame }: ErrorEvent): Effect[];
    /**
     * @param {RetryEvent} event
     * @returns {Effect[]}
     */
    retry({ up }: RetryEvent): Effect[];
    /**
     * `refresh()` of one that is well: a new snapshot, which replaces the rows when it is complete.
     * @returns {Effect[]}
     */
    renew(): Effect[];
    /**
     * @param {ForgetEvent} event
     * @returns {Effect[]}
     */
    forget({ up }: ForgetEvent): Effect[];
    /** @returns {Effect[]} */
    release(): Effect[];
    #private;
}
import type { State } from "./transitions.js";
import { KalamError } from "./errors.js";
import type { Query } from "./types.js";
import { Rows } from "./rows.js";
import type { LiveStatus } from "./types.js";
import type { Cursor } from "./types.js";
import type { Event } from "./transitions.js";
import type { Effect } from "./transitions.js";
import type { ListenEvent } from "./transitions.js";
import type { HydratedEvent } from "./transitions.js";
import type { DownEvent } from "./transitions.js";
import type { AckEvent } from "./transitions.js";
import type { BatchEvent } from "./transitions.js";
import type { AdvanceEvent } from "./transitions.js";
import type { ChangeEvent } from "./transitions.js";
import type { GapEvent } from "./transitions.js";
import type { ResetEvent } from "./transitions.js";
import type { ErrorEvent } from "./transitions.js";
import type { RetryEvent } from "./transitions.js";
import type { ForgetEvent } from "./transitions.js";
