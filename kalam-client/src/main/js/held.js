/**
 * What a page holds of a live query, and how far: the rows, their cursor, and what is on its way. Knows how to go on from there.
 *
 * @import { AnyRow, Cursor, LiveStatus, Query } from "./types.js"
 * @import { Effect, Event, State } from "./transitions.js"
 */
import { Chain } from "./chain.js";
import { KalamError } from "./errors.js";
import { Rows } from "./rows.js";

/** After so many new beginnings without a quiet time in between, the server is not believed any more. */
const MAX_RESYNCS = 5;

/** @type {Effect[]} */
export const NOTHING = [];
/** @type {Effect} */
export const NOTIFY = Object.freeze({ do: "notify" });
/** @type {Effect} */
export const UNSUBSCRIBE = Object.freeze({ do: "unsubscribe" });

export class Held {
	/** @type {State} */
	state = "idle";
	/** @type {KalamError | null} */
	error = null;
	/** Where the rows are from. @type {'none' | 'cache' | 'server'} */
	source = "none";
	/** The commit of the rows. @type {string | null} */
	seq = null;
	loading = true;
	/** @protected @type {Cursor | null} */
	kept = null;
	/** @protected @type {string | null} */
	epoch = null;
	/** Whether it catches up from a snapshot, not from a cursor. @protected */
	fresh = false;
	/** @protected @type {AnyRow[]} */
	staged = [];
	/** @protected */
	batches = 0;
	/** A snapshot that is behind what is shown. @protected @type {Rows | null} */
	behind = null;
	/** The epoch of `seq`. @protected @type {string | null} */
	shownEpoch = null;
	/** Whether rows of an incomplete snapshot are shown. @protected */
	partial = false;
	/** @protected */
	acknowledged = false;
	/** @protected */
	chain = new Chain(null);
	/** @protected */
	resyncs = 0;
	/** @protected */
	retries = 0;

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
				return this.fresh ? "live" : "stale";
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
		if (this.state === "live" && liveSeq !== null && this.epoch !== null && this.query.lastRows === null) {
			return { seq: liveSeq, epoch: this.epoch };
		}
		return this.kept;
	}

	/** Whether nothing is on its way. */
	get isSettled() {
		return this.state === "live" || this.state === "denied" || this.state === "failed" || this.state === "idle";
	}

	/** A quiet time has passed: what went wrong before it does not count any more. */
	forgive() {
		this.resyncs = 0;
		this.retries = 0;
	}

	/**
	 * @param {Event} event
	 * @returns {Effect[]}
	 */
	unexpected(event) {
		return [{ do: "log", message: `${event.type} while ${this.state}: starting again` }, ...this.resync()];
	}

	/**
	 * @protected
	 * Leaves the wire; what can be continued is kept.
	 * @param {string | null} liveSeq
	 */
	leave(liveSeq) {
		if (this.state === "live") {
			this.kept = this.cursor(liveSeq);
		} else if (this.fresh) {
			this.kept = null;
		}
		if (this.partial) {
			this.partial = false;
			this.rows.clear();
		}
		this.fresh = false;
		this.acknowledged = false;
		this.behind = null;
		this.staged = [];
		this.chain = new Chain(null);
	}

	/** @protected */
	forgetRows() {
		this.rows.clear();
		this.kept = null;
		this.epoch = null;
		this.source = "none";
		this.seq = null;
	}

	/** @protected @returns {Effect[]} */
	subscribe() {
		this.acknowledged = false;
		this.state = this.kept === null && this.source !== "none" ? "resyncing" : "subscribing";
		return [{ do: "subscribe", cursor: this.kept }, NOTIFY];
	}

	/**
	 * @protected
	 * Subscribes again, from the cursor if there is one.
	 * @param {string} why
	 * @returns {Effect[]}
	 */
	restart(why) {
		this.leave(null);
		return [{ do: "log", message: `${why}: subscribing again` }, UNSUBSCRIBE, ...this.tryAgain()];
	}

	/** @protected @returns {Effect[]} */
	resync() {
		this.leave(null);
		this.kept = null;
		return [UNSUBSCRIBE, ...this.tryAgain()];
	}

	/** @protected @returns {Effect[]} */
	tryAgain() {
		if (this.resyncs++ < MAX_RESYNCS) {
			return this.subscribe();
		}
		this.give("PROTOCOL", "The server's frames do not fit together. Load /kalam/kalam.js from that server, or call refresh() to try again.");
		return [NOTIFY];
	}

	/**
	 * @protected
	 * @param {string} code
	 * @param {string} message
	 */
	give(code, message) {
		this.state = "failed";
		this.error = new KalamError(code, message);
		this.loading = false;
	}
}
