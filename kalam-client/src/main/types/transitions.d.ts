/**
 * What can happen to a live query, what can have to be done, and what happens in which state. An event that must not
 * happen in a state is logged and ends in a new snapshot.
 *
 * @import { AckFrame, AnyRow, BatchFrame, Column, Cursor, ErrorFrame, MarkFrame, ResetFrame, RowChange, Transaction, TransactionFrame } from "./types.js"
 */
/**
 * @typedef {'idle' | 'hydrating' | 'waiting' | 'subscribing' | 'staging' | 'catching-up' | 'live' | 'resyncing' | 'denied'
 *   | 'failed'} State
 *
 * @typedef {object} Stored what the storage has of a query
 * @property {readonly AnyRow[]} rows in order
 * @property {readonly string[]} keyColumns
 * @property {readonly Column[]} schema
 * @property {Cursor | null} cursor
 *
 * @typedef {{ type: 'listen', persisted: boolean, up: boolean }} ListenEvent the first listener came
 * @typedef {{ type: 'hydrated', stored: Stored | null, up: boolean }} HydratedEvent
 * @typedef {{ type: 'up' }} UpEvent the line is authenticated
 * @typedef {{ type: 'down', seq: string | null }} DownEvent the line is lost; the live chain was complete up to `seq`
 * @typedef {{ type: 'ack', frame: AckFrame }} AckEvent
 * @typedef {{ type: 'batch', frame: BatchFrame }} BatchEvent
 * @typedef {{ type: 'advance', frame: TransactionFrame | MarkFrame, liveSeq: string | null }} AdvanceEvent a frame of its own
 *   chain; `liveSeq` is where the live chain is
 * @typedef {{ seq: string, commitTime: string | null, changes: readonly RowChange[], folded?: number | undefined }} Commit
 *   what a commit, or several of them, means for a query
 * @typedef {{ type: 'change', whole: boolean } & Commit} ChangeEvent a commit of the live chain, which came whole or in parts
 * @typedef {{ type: 'gap', seq: string | null }} GapEvent the live chain is broken behind `seq`
 * @typedef {{ type: 'reset', frame: ResetFrame }} ResetEvent
 * @typedef {{ type: 'error', frame: ErrorFrame }} ErrorEvent
 * @typedef {{ type: 'retry', up: boolean }} RetryEvent `refresh()`, or time to try again after a failure
 * @typedef {{ type: 'auth', up: boolean }} AuthEvent the user may do other things than before
 * @typedef {{ type: 'forget', up: boolean }} ForgetEvent the rows are another user's, or nobody's any more
 * @typedef {{ type: 'release' }} ReleaseEvent nobody has listened for a while
 * @typedef {ListenEvent | HydratedEvent | UpEvent | DownEvent | AckEvent | BatchEvent | AdvanceEvent | ChangeEvent | GapEvent
 *   | ResetEvent | ErrorEvent | RetryEvent | AuthEvent | ForgetEvent | ReleaseEvent} Event
 *
 * @typedef {{ do: 'hydrate' }
 *   | { do: 'subscribe', cursor: Cursor | null }
 *   | { do: 'unsubscribe' }
 *   | { do: 'notify' }
 *   | { do: 'transaction', transaction: Transaction }
 *   | { do: 'store' }
 *   | { do: 'erase' }
 *   | { do: 'retry', attempt: number }
 *   | { do: 'log', message: string }} Effect
 */
/** States in which a snapshot may come. @type {ReadonlySet<State>} */
export const AWAITS_ROWS: ReadonlySet<State>;
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
    schema: readonly Column[];
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
 * what a commit, or several of them, means for a query
 */
export type Commit = {
    seq: string;
    commitTime: string | null;
    changes: readonly RowChange[];
    folded?: number | undefined;
};
/**
 * a commit of the live chain, which came whole or in parts
 */
export type ChangeEvent = {
    type: "change";
    whole: boolean;
} & Commit;
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
    transaction: Transaction;
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
import type { AnyRow } from "./types.js";
import type { Column } from "./types.js";
import type { Cursor } from "./types.js";
import type { AckFrame } from "./types.js";
import type { BatchFrame } from "./types.js";
import type { TransactionFrame } from "./types.js";
import type { MarkFrame } from "./types.js";
import type { RowChange } from "./types.js";
import type { ResetFrame } from "./types.js";
import type { ErrorFrame } from "./types.js";
import type { Transaction } from "./types.js";
