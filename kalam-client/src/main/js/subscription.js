/**
 * A live query's state machine: events in, effects out. It knows no socket, no time and no page. What happens in which
 * state is the table of `transitions.js`.
 *
 * @import { AnyRow, Cursor, ErrorFrame, LiveStatus, Query, RowChange } from "./types.js"
 * @import { AckEvent, AdvanceEvent, BatchEvent, ChangeEvent, DownEvent, Effect, ErrorEvent, Event, ForgetEvent, GapEvent,
 *   HydratedEvent, ListenEvent, ResetEvent, RetryEvent, State } from "./transitions.js"
 */
import { Chain } from "./chain.js";
import { KalamError } from "./errors.js";
import { compareSeq } from "./protocol.js";
import { Rows } from "./rows.js";
import { AWAITS_ROWS, TRANSITIONS, WIRED } from "./transitions.js";

/** After so many new beginnings without a quiet time in between, the server is not believed any more. */
const MAX_RESYNCS = 5;

/** So often is an error that may pass followed by another attempt. */
const MAX_RETRIES = 5;

const DENIED = new Set(["UNAUTHORIZED", "NOT_FOUND"]);
const PASSING = new Set(["SUBSCRIPTION_FAILED", "BATCH_FETCH_FAILED", "SUBSCRIPTION_LIMIT_EXCEEDED", "RATE_LIMIT_EXCEEDED"]);
const EXPIRED = new Set(["CURSOR_EXPIRED", "RESYNC_REQUIRED"]);

/** @type {Effect[]} */
const NOTHING = [];
/** @type {Effect} */
const NOTIFY = Object.freeze({ do: "notify" });
/** @type {Effect} */
const UNSUBSCRIBE = Object.freeze({ do: "unsubscribe" });
/** @type {Effect} */
const STORE = Object.freeze({ do: "store" });
/** @type {Effect} */
const ERASE = Object.freeze({ do: "erase" });

export class Subscription {
	/** @type {State} */
	state = "idle";
	/** @type {KalamError | null} */
	error = null;
	/** Where the rows are from. @type {'none' | 'cache' | 'server'} */
	source = "none";
	/** The commit of the rows. @type {string | null} */
	seq = null;
	loading = true;
	/** @type {Cursor | null} */
	#cursor = null;
	/** @type {string | null} */
	#epoch = null;
	/** Whether it catches up from a snapshot, not from a cursor. */
	#fresh = false;
	/** @type {AnyRow[]} */
	#staged = [];
	#batches = 0;
	/** A snapshot that is behind what is shown. @type {Rows | null} */
	#behind = null;
	/** The epoch of `seq`. @type {string | null} */
	#shownEpoch = null;
	#partial = false;
	#acknowledged = false;
	#chain = new Chain(null);
	#resyncs = 0;
	#retries = 0;

	/** @param {Query} query */
	constructor(query) {
		this.query = query;
		this.rows = new Rows(query.orderBy, query.lastRows !== null);
	}

	/** @returns {LiveStatus} */
	get status() {
		switch (this.state) {
			case "idle":
			case "live":
			case "denied":
				return this.state;
			case "failed":
				return "error";
			case "resyncing":
				return this.source === "none" ? "loading" : "resyncing";
			case "catching-up":
				return this.#fresh ? "live" : "stale";
			default:
				return this.source === "none" ? "loading" : "stale";
		}
	}

	get stale() {
		return this.source !== "none" && this.status !== "live";
	}

	/**
	 * The cursor from which the rows as they are can be continued.
	 * @param {string | null} liveSeq where the live chain is
	 * @returns {Cursor | null}
	 */
	cursor(liveSeq) {
		if (this.state === "live" && liveSeq !== null && this.#epoch !== null && this.query.lastRows === null) {
			return { seq: liveSeq, epoch: this.#epoch };
		}
		return this.#cursor;
	}

	/** Whether nothing is on its way. */
	get isSettled() {
		return this.state === "live" || this.state === "denied" || this.state === "failed" || this.state === "idle";
	}

	/** A quiet time has passed: what went wrong before it does not count any more. */
	forgive() {
		this.#resyncs = 0;
		this.#retries = 0;
	}

	/**
	 * @param {Event} event
	 * @returns {Effect[]} what has to be done, in this order
	 */
	handle(event) {
		return this[TRANSITIONS[this.state][event.type]](/** @type {any} */ (event));
	}

	/** @returns {Effect[]} */
	ignore() {
		return NOTHING;
	}

	/**
	 * @param {Event} event
	 * @returns {Effect[]}
	 */
	unexpected(event) {
		return [{ do: "log", message: `${event.type} while ${this.state}: starting again` }, ...this.#resync()];
	}

	/**
	 * @param {ListenEvent} event
	 * @returns {Effect[]}
	 */
	listen({ persisted, up }) {
		this.state = persisted ? "hydrating" : "waiting";
		return persisted ? [{ do: "hydrate" }, NOTIFY] : [NOTIFY, ...(up ? this.#subscribe() : NOTHING)];
	}

	/**
	 * @param {HydratedEvent} event
	 * @returns {Effect[]}
	 */
	hydrated({ stored, up }) {
		this.state = "waiting";
		if (stored) {
			this.rows.describe(stored.keyColumns, stored.schema);
			this.rows.replace(stored.rows);
			this.rows.markClean();
			this.#cursor = stored.cursor;
			this.seq = stored.cursor?.seq ?? null;
			this.#shownEpoch = stored.cursor?.epoch ?? null;
			this.source = "cache";
			this.loading = false;
		}
		return [NOTIFY, ...(up ? this.#subscribe() : NOTHING)];
	}

	/** @returns {Effect[]} */
	up() {
		return this.#subscribe();
	}

	/**
	 * @param {DownEvent} event
	 * @returns {Effect[]}
	 */
	down({ seq }) {
		this.#leave(seq);
		this.state = "waiting";
		return [NOTIFY];
	}

	/**
	 * @param {AckEvent} event
	 * @returns {Effect[]}
	 */
	ack(event) {
		const { frame } = event;
		const resumed = frame.resumed === true;
		if (this.#acknowledged && this.#epoch === frame.epoch && (resumed || this.#batches > 0)) {
			return NOTHING;
		}
		if (!AWAITS_ROWS.has(this.state) || resumed !== !frame.batch_control.has_more || (resumed && this.#cursor === null)) {
			return this.unexpected(event);
		}
		this.#acknowledged = true;
		this.#epoch = frame.epoch;
		this.#batches = 0;
		this.#staged = [];
		this.#fresh = !resumed;
		if (resumed && this.#cursor) {
			this.rows.describe(frame.key, frame.schema);
			this.#chain = new Chain(this.#cursor.seq);
			this.state = "catching-up";
		} else {
			this.#cursor = null;
			this.rows.describe(frame.key, frame.schema);
			this.state = this.source === "none" ? "staging" : "resyncing";
		}
		return [NOTIFY];
	}

	/**
	 * @param {BatchEvent} event
	 * @returns {Effect[]}
	 */
	batch(event) {
		const { rows, batch_control: control } = event.frame;
		if (this.#acknowledged && control.batch_num < this.#batches) {
			return NOTHING;
		}
		if (!this.#acknowledged || !AWAITS_ROWS.has(this.state) || control.batch_num > this.#batches) {
			return this.unexpected(event);
		}
		this.#batches++;
		for (const row of rows) {
			delete row._seq;
			this.#staged.push(row);
		}
		if (!control.has_more) {
			return this.#complete(control.snapshot_end_seq);
		}
		if (this.query.progressive && this.state === "staging") {
			this.#partial = true;
			this.rows.replace(this.#staged);
			return [NOTIFY];
		}
		return NOTHING;
	}

	/**
	 * The snapshot is complete. It may be from before a commit that was shown already: what the stream tells, a snapshot
	 * may not see for a moment yet. Then it is kept back until it has caught up with that.
	 * @param {string} boundary
	 * @returns {Effect[]}
	 */
	#complete(boundary) {
		this.#chain = new Chain(boundary);
		if (this.seq !== null && this.#shownEpoch === this.#epoch && compareSeq(boundary, this.seq) < 0) {
			this.#behind = new Rows(null, this.query.lastRows !== null);
			this.#behind.describe(this.rows.keyColumns, this.rows.schema);
			this.#behind.replace(this.#staged);
			this.#staged = [];
			return NOTHING;
		}
		return this.#swap(boundary, this.#staged);
	}

	/**
	 * @param {string} seq
	 * @param {readonly AnyRow[]} rows
	 * @returns {Effect[]}
	 */
	#swap(seq, rows) {
		this.rows.replace(rows);
		this.#staged = [];
		this.#behind = null;
		this.#partial = false;
		this.seq = seq;
		this.#shownEpoch = this.#epoch;
		this.source = "server";
		this.loading = false;
		this.error = null;
		this.state = "catching-up";
		return [NOTIFY];
	}

	/**
	 * @param {AdvanceEvent} event
	 * @returns {Effect[]}
	 */
	advance(event) {
		const { frame, liveSeq } = event;
		if (this.state === "resyncing" && !this.#behind) {
			return this.unexpected(event);
		}
		const step = this.#chain.take(frame);
		if (step.kind === "duplicate" || (step.kind === "part" && !step.gap)) {
			return NOTHING;
		}
		if (this.state === "live") {
			return step.kind === "mark" && frame.seq === step.from ? NOTHING : this.unexpected(event);
		}
		if (step.gap) {
			return this.#restart(`a frame is missing behind ${step.from}`);
		}
		if (step.kind === "mark") {
			return frame.seq === liveSeq ? this.#join(frame.seq) : this.#restart(`the live chain is at ${liveSeq}, not at ${frame.seq}`);
		}
		const commitTime = frame.type === "transaction" ? (frame.commit_time ?? null) : null;
		return this.#behind ? this.#follow(this.#behind, frame.seq, step.changes) : this.#apply(frame.seq, commitTime, step.changes);
	}

	/**
	 * @param {Rows} behind
	 * @param {string} seq
	 * @param {readonly RowChange[]} changes
	 * @returns {Effect[]}
	 */
	#follow(behind, seq, changes) {
		behind.apply(changes);
		return compareSeq(seq, this.seq ?? "0") < 0 ? NOTHING : this.#swap(seq, behind.data);
	}

	/**
	 * @param {string} seq
	 * @returns {Effect[]}
	 */
	#join(seq) {
		if (this.#behind) {
			this.#swap(seq, this.#behind.data);
		}
		this.state = "live";
		this.source = "server";
		this.loading = false;
		this.#shownEpoch = this.#epoch;
		this.error = null;
		this.#fresh = false;
		this.#cursor = this.query.lastRows === null && this.#epoch !== null ? { seq, epoch: this.#epoch } : null;
		return [NOTIFY, STORE];
	}

	/**
	 * A commit of which some parts came before a reset: they are void.
	 * @param {ChangeEvent} event
	 * @returns {Effect[]}
	 */
	stray(event) {
		return event.whole ? this.unexpected(event) : NOTHING;
	}

	/**
	 * @param {ChangeEvent} event
	 * @returns {Effect[]}
	 */
	change({ seq, commitTime, changes }) {
		const effects = this.#apply(seq, commitTime, changes);
		return effects.length > 0 ? [...effects, STORE] : effects;
	}

	/**
	 * @param {string} seq
	 * @param {string | null} commitTime
	 * @param {readonly RowChange[]} changes
	 * @returns {Effect[]}
	 */
	#apply(seq, commitTime, changes) {
		if (this.seq !== null && compareSeq(seq, this.seq) <= 0) {
			return NOTHING;
		}
		const made = this.rows.apply(changes);
		if (made.length === 0) {
			return NOTHING;
		}
		this.seq = seq;
		return [{ do: "transaction", seq, commitTime, changes: made }, NOTIFY];
	}

	/**
	 * @param {GapEvent} event
	 * @returns {Effect[]}
	 */
	gap({ seq }) {
		this.#leave(seq);
		return this.#restart(`a frame is missing behind ${seq}`);
	}

	/**
	 * @param {ResetEvent} event
	 * @returns {Effect[]}
	 */
	reset({ frame }) {
		this.#leave(null);
		this.#cursor = null;
		if (frame.purge) {
			this.#forgetRows();
		} else if (this.#partial) {
			this.rows.clear();
		}
		this.#partial = false;
		this.state = "resyncing";
		return frame.purge ? [ERASE, NOTIFY] : [NOTIFY];
	}

	/**
	 * @param {ErrorEvent} event
	 * @returns {Effect[]}
	 */
	fail({ frame }) {
		this.#leave(null);
		if (EXPIRED.has(frame.code)) {
			this.#cursor = null;
			return this.#begin(`${frame.code}: ${frame.message}`);
		}
		if (DENIED.has(frame.code)) {
			return this.#deny(frame);
		}
		this.#cursor = null;
		this.#give(frame.code, frame.message ?? "The server gave no reason.");
		const attempt = this.#retries++;
		return PASSING.has(frame.code) && attempt < MAX_RETRIES ? [NOTIFY, { do: "retry", attempt }] : [NOTIFY];
	}

	/**
	 * @param {ErrorFrame} frame
	 * @returns {Effect[]}
	 */
	#deny(frame) {
		this.#forgetRows();
		this.error = new KalamError(frame.code, frame.message ?? "You may not read this.");
		this.loading = false;
		this.state = "denied";
		return [ERASE, NOTIFY];
	}

	/**
	 * @param {RetryEvent} event
	 * @returns {Effect[]}
	 */
	retry({ up }) {
		this.state = "waiting";
		this.error = null;
		return up ? [NOTIFY, ...this.#subscribe()] : [NOTIFY];
	}

	/**
	 * `refresh()` of one that is well: a new snapshot, which replaces the rows when it is complete.
	 * @returns {Effect[]}
	 */
	renew() {
		this.#leave(null);
		this.#cursor = null;
		return [UNSUBSCRIBE, ...this.#subscribe()];
	}

	/**
	 * @param {ForgetEvent} event
	 * @returns {Effect[]}
	 */
	forget({ up }) {
		const wired = WIRED.has(this.state);
		this.#leave(null);
		this.#forgetRows();
		this.error = null;
		this.loading = true;
		this.forgive();
		this.state = "waiting";
		/** @type {Effect[]} */
		const effects = wired ? [UNSUBSCRIBE, NOTIFY] : [NOTIFY];
		return up ? [...effects, ...this.#subscribe()] : effects;
	}

	/** @returns {Effect[]} */
	release() {
		const wired = WIRED.has(this.state);
		this.#leave(null);
		this.#forgetRows();
		this.error = null;
		this.loading = true;
		this.state = "idle";
		return wired ? [UNSUBSCRIBE] : NOTHING;
	}

	/**
	 * Leaves the wire; what can be continued is kept.
	 * @param {string | null} liveSeq
	 */
	#leave(liveSeq) {
		if (this.state === "live") {
			this.#cursor = this.cursor(liveSeq);
		} else if (this.#fresh) {
			this.#cursor = null;
		}
		if (this.#partial) {
			this.#partial = false;
			this.rows.clear();
		}
		this.#fresh = false;
		this.#acknowledged = false;
		this.#behind = null;
		this.#staged = [];
		this.#chain = new Chain(null);
	}

	#forgetRows() {
		this.rows.clear();
		this.#cursor = null;
		this.#epoch = null;
		this.source = "none";
		this.seq = null;
	}

	/** @returns {Effect[]} */
	#subscribe() {
		this.#acknowledged = false;
		this.state = this.#cursor === null && this.source !== "none" ? "resyncing" : "subscribing";
		return [{ do: "subscribe", cursor: this.#cursor }, NOTIFY];
	}

	/**
	 * Subscribes again, from the cursor if there is one.
	 * @param {string} why
	 * @returns {Effect[]}
	 */
	#restart(why) {
		this.#leave(null);
		return [{ do: "log", message: `${why}: subscribing again` }, UNSUBSCRIBE, ...this.#tryAgain()];
	}

	/** @returns {Effect[]} */
	#resync() {
		this.#leave(null);
		this.#cursor = null;
		return [UNSUBSCRIBE, ...this.#tryAgain()];
	}

	/**
	 * @param {string} why
	 * @returns {Effect[]}
	 */
	#begin(why) {
		return [{ do: "log", message: why }, ...this.#tryAgain()];
	}

	/** @returns {Effect[]} */
	#tryAgain() {
		if (this.#resyncs++ < MAX_RESYNCS) {
			return this.#subscribe();
		}
		this.#give("PROTOCOL", "The server's frames do not fit together. Load /kalam/kalam.js from that server, or call refresh() to try again.");
		return [NOTIFY];
	}

	/**
	 * @param {string} code
	 * @param {string} message
	 */
	#give(code, message) {
		this.state = "failed";
		this.error = new KalamError(code, message);
		this.loading = false;
	}
}
