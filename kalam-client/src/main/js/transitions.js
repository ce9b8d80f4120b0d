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
export const AWAITS_ROWS = new Set(/** @type {State[]} */ (["subscribing", "staging", "resyncing"]));

/** States in which the server has a subscription of ours. @type {ReadonlySet<State>} */
export const WIRED = new Set(/** @type {State[]} */ (["subscribing", "staging", "catching-up", "live", "resyncing"]));

/**
 * @typedef {'ignore' | 'unexpected' | 'listen' | 'hydrated' | 'up' | 'down' | 'ack' | 'batch' | 'advance' | 'stray' | 'change' | 'gap'
 *   | 'reset' | 'fail' | 'retry' | 'renew' | 'forget' | 'release'} Transition a method of `Subscription`
 * @typedef {Record<Event['type'], Transition>} Row
 */

/**
 * @param {Event['type'][]} events
 * @param {Transition} transition
 */
const each = (events, transition) => Object.fromEntries(events.map((event) => [event, transition]));

/** Without a subscription at the server its frames are strays. */
const OFF_WIRE = /** @type {Row} */ ({
	...each(["listen", "hydrated", "up", "down", "ack", "batch", "advance", "change", "gap", "reset", "error", "retry", "auth", "forget"], "ignore"),
	release: "release",
});

const ON_WIRE = /** @type {Row} */ ({
	...each(["listen", "hydrated", "gap", "auth"], "ignore"),
	...each(["up", "ack", "batch", "advance"], "unexpected"),
	change: "stray",
	down: "down",
	reset: "reset",
	error: "fail",
	retry: "renew",
	forget: "forget",
	release: "release",
});

/** What happens to an event in a state. @type {Record<State, Row>} */
export const TRANSITIONS = {
	idle: { ...OFF_WIRE, listen: "listen", release: "ignore" },
	hydrating: { ...OFF_WIRE, hydrated: "hydrated", forget: "forget" },
	waiting: { ...OFF_WIRE, up: "up", forget: "forget" },
	subscribing: { ...ON_WIRE, ack: "ack" },
	staging: { ...ON_WIRE, ack: "ack", batch: "batch" },
	"catching-up": { ...ON_WIRE, ack: "ack", batch: "batch", advance: "advance" },
	live: { ...ON_WIRE, ack: "ack", batch: "batch", advance: "advance", change: "change", gap: "gap" },
	resyncing: { ...ON_WIRE, ack: "ack", batch: "batch", advance: "advance" },
	denied: { ...OFF_WIRE, retry: "retry", auth: "retry", forget: "forget" },
	failed: { ...OFF_WIRE, retry: "retry", auth: "retry", forget: "forget" },
};
