/**
 * A live query's state machine: events in, effects out. It knows no socket, no time and no page. What happens in which
 * state is the table of `transitions.js`.
 *
 * @import { ErrorFrame } from "./types.js"
 * @import { DownEvent, Effect, ErrorEvent, Event, ForgetEvent, GapEvent, HydratedEvent, ListenEvent, ResetEvent, RetryEvent } from "./transitions.js"
 */
import { Arrival } from "./arrival.js";
import { KalamError } from "./errors.js";
import { NOTHING, NOTIFY, UNSUBSCRIBE } from "./held.js";
import { TRANSITIONS, WIRED } from "./transitions.js";

/** So often is an error that may pass followed by another attempt. */
const MAX_RETRIES = 5;

const DENIED = new Set(["UNAUTHORIZED", "NOT_FOUND"]);
const PASSING = new Set(["SUBSCRIPTION_FAILED", "BATCH_FETCH_FAILED", "SUBSCRIPTION_LIMIT_EXCEEDED", "RATE_LIMIT_EXCEEDED"]);
const EXPIRED = new Set(["CURSOR_EXPIRED", "RESYNC_REQUIRED"]);

/** @type {Effect} */
const ERASE = Object.freeze({ do: "erase" });

export class Subscription extends Arrival {
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
	 * @param {ListenEvent} event
	 * @returns {Effect[]}
	 */
	listen({ persisted, up }) {
		this.state = persisted ? "hydrating" : "waiting";
		return persisted ? [{ do: "hydrate" }, NOTIFY] : [NOTIFY, ...(up ? this.subscribe() : NOTHING)];
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
			this.kept = stored.cursor;
			this.seq = stored.cursor?.seq ?? null;
			this.shownEpoch = stored.cursor?.epoch ?? null;
			this.source = "cache";
			this.loading = false;
		}
		return [NOTIFY, ...(up ? this.subscribe() : NOTHING)];
	}

	/** @returns {Effect[]} */
	up() {
		return this.subscribe();
	}

	/**
	 * @param {DownEvent} event
	 * @returns {Effect[]}
	 */
	down({ seq }) {
		this.leave(seq);
		this.state = "waiting";
		return [NOTIFY];
	}

	/**
	 * @param {GapEvent} event
	 * @returns {Effect[]}
	 */
	gap({ seq }) {
		this.leave(seq);
		return this.restart(`a frame is missing behind ${seq}`);
	}

	/**
	 * @param {ResetEvent} event
	 * @returns {Effect[]}
	 */
	reset({ frame }) {
		this.leave(null);
		this.kept = null;
		if (frame.purge) {
			this.forgetRows();
		} else if (this.partial) {
			this.rows.clear();
		}
		this.partial = false;
		this.state = "resyncing";
		return frame.purge ? [ERASE, NOTIFY] : [NOTIFY];
	}

	/**
	 * @param {ErrorEvent} event
	 * @returns {Effect[]}
	 */
	fail({ frame }) {
		this.leave(null);
		if (EXPIRED.has(frame.code)) {
			this.kept = null;
			return this.#begin(`${frame.code}: ${frame.message}`);
		}
		if (DENIED.has(frame.code)) {
			return this.#deny(frame);
		}
		this.kept = null;
		this.give(frame.code, frame.message ?? "The server gave no reason.");
		const attempt = this.retries++;
		return PASSING.has(frame.code) && attempt < MAX_RETRIES ? [NOTIFY, { do: "retry", attempt }] : [NOTIFY];
	}

	/**
	 * @param {ErrorFrame} frame
	 * @returns {Effect[]}
	 */
	#deny(frame) {
		this.forgetRows();
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
		return up ? [NOTIFY, ...this.subscribe()] : [NOTIFY];
	}

	/**
	 * `refresh()` of one that is well: a new snapshot, which replaces the rows when it is complete.
	 * @returns {Effect[]}
	 */
	renew() {
		this.leave(null);
		this.kept = null;
		return [UNSUBSCRIBE, ...this.subscribe()];
	}

	/**
	 * @param {ForgetEvent} event
	 * @returns {Effect[]}
	 */
	forget({ up }) {
		const wired = WIRED.has(this.state);
		this.leave(null);
		this.forgetRows();
		this.error = null;
		this.loading = true;
		this.forgive();
		this.state = "waiting";
		/** @type {Effect[]} */
		const effects = wired ? [UNSUBSCRIBE, NOTIFY] : [NOTIFY];
		return up ? [...effects, ...this.subscribe()] : effects;
	}

	/** @returns {Effect[]} */
	release() {
		const wired = WIRED.has(this.state);
		this.leave(null);
		this.forgetRows();
		this.error = null;
		this.loading = true;
		this.state = "idle";
		return wired ? [UNSUBSCRIBE] : NOTHING;
	}

	/**
	 * @param {string} why
	 * @returns {Effect[]}
	 */
	#begin(why) {
		return [{ do: "log", message: why }, ...this.tryAgain()];
	}
}
