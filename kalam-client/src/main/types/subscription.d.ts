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
/** States in which the server has a subscription of ours. @type {ReadonlySet<State>} */
export const WIRED: ReadonlySet<State>;
/** What happens to an event in a state. @type {Record<State, Row>} */
export const TRANSITIONS: Record<State, Row>;
export type State = "idle" | "hydrating" | "waiting" | "subscribing" | "staging" | "catching-up" | "live" | "resyncing" | "denied" | "failed";
/**
 * what the storage has of a query
 */
export type Stored = {
    /**
     * in order
     */
    rows: readonly AnyRow[];
    keyColumns: readonly string[];
    schema: readonly any[];
    cursor: Cursor | null;
};
/**
 * the first listener came
 */
export type ListenEvent = {
    type: "listen";
    persisted: boolean;
    up: boolean;
};
export type HydratedEvent = {
    type: "hydrated";
    stored: Stored | null;
    up: boolean;
};
/**
 * the line is authenticated
 */
export type UpEvent = {
    type: "up";
};
/**
 * the line is lost; the live chain was complete up to `seq`
 */
export type DownEvent = {
    type: "down";
    seq: string | null;
};
export type AckEvent = {
    type: "ack";
    frame: AckFrame;
};
export type BatchEvent = {
    type: "batch";
    frame: BatchFrame;
};
/**
 * a frame of its own
 * chain; `liveSeq` is where the live chain is
 */
export type AdvanceEvent = {
    type: "advance";
    frame: TransactionFrame | MarkFrame;
    liveSeq: string | null;
};
/**
 * a commit of the live chain, which came whole or in parts
 */
export type ChangeEvent = {
    type: "change";
    seq: string;
    commitTime: string | null;
    changes: readonly RowChange[];
    whole: boolean;
};
/**
 * the live chain is broken behind `seq`
 */
export type GapEvent = {
    type: "gap";
    seq: string | null;
};
export type ResetEvent = {
    type: "reset";
    frame: ResetFrame;
};
export type ErrorEvent = {
    type: "error";
    frame: ErrorFrame;
};
/**
 * `refresh()`, or time to try again after a failure
 */
export type RetryEvent = {
    type: "retry";
    up: boolean;
};
/**
 * the user may do other things than before
 */
export type AuthEvent = {
    type: "auth";
    up: boolean;
};
/**
 * the rows are another user's, or nobody's any more
 */
export type ForgetEvent = {
    type: "forget";
    up: boolean;
};
/**
 * nobody has listened for a while
 */
export type ReleaseEvent = {
    type: "release";
};
export type Event = ListenEvent | HydratedEvent | UpEvent | DownEvent | AckEvent | BatchEvent | AdvanceEvent | ChangeEvent | GapEvent | ResetEvent | ErrorEvent | RetryEvent | AuthEvent | ForgetEvent | ReleaseEvent;
export type Effect = {
    do: "hydrate";
} | {
    do: "subscribe";
    cursor: Cursor | null;
} | {
    do: "unsubscribe";
} | {
    do: "notify";
} | {
    do: "transaction";
    seq: string;
    commitTime: string | null;
    changes: readonly RowChange[];
} | {
    do: "store";
} | {
    do: "erase";
} | {
    do: "retry";
    attempt: number;
} | {
    do: "log";
    message: string;
};
/**
 * a method of `Subscription`
 */
export type Transition = "ignore" | "unexpected" | "listen" | "hydrated" | "up" | "down" | "ack" | "batch" | "advance" | "stray" | "change" | "gap" | "reset" | "fail" | "retry" | "renew" | "forget" | "release";
export type Row = Record<Event["type"], Transition>;
import { KalamError } from "./errors.js";
import type { Query } from "./types.js";
import { Rows } from "./rows.js";
import type { LiveStatus } from "./types.js";
import type { Cursor } from "./types.js";
import type { AnyRow } from "./types.js";
import type { AckFrame } from "./types.js";
import type { BatchFrame } from "./types.js";
import type { TransactionFrame } from "./types.js";
import type { MarkFrame } from "./types.js";
import type { RowChange } from "./types.js";
import type { ResetFrame } from "./types.js";
import type { ErrorFrame } from "./types.js";
