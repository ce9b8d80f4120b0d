/**
 * Who is where: a page is in a place as long as somebody listens to who is there.
 *
 * ```js
 * const here = presence(kalam, "room:1");
 * here.subscribe(() => show(here.getSnapshot().data));
 * ```
 *
 * @import { AnyRow, LiveState } from "./types.js"
 * @import { Hold } from "./events.js"
 * @import { Kalam } from "./kalam.js"
 */
import { events } from "./events.js";
import { selectFrom } from "./live-query.js";

/** A page that is drawn anew has not left. */
const LINGER_MS = 1_000;

/**
 * @typedef {object} PresenceOptions
 * @property {string} [table] the stream, `presence` if it is left out; it has a column `place`
 * @property {AnyRow} [row] what else there is to say: the other columns of the stream
 */

/** @template {object} [R=AnyRow] */
export class Presence {
	#events;
	#clock;
	#place;
	#table;
	#row;
	#query;
	#listeners = new Set();
	/** @type {Hold | null} */
	#hold = null;
	/** @type {any} */
	#timer = null;
	/** @type {[LiveState<R>, LiveState<R>] | null} */
	#refused = null;

	/**
	 * @param {Kalam} kalam
	 * @param {string} place
	 * @param {PresenceOptions} [options]
	 */
	constructor(kalam, place, { table = "presence", row = {} } = {}) {
		this.#events = events(kalam);
		this.#clock = this.#events.clock;
		this.#place = place;
		this.#table = table;
		this.#row = row;
		this.#query = /** @type {import("./live-query.js").LiveQuery<R>} */ (kalam.live(`${selectFrom(table)} WHERE place = $1`, { params: [place] }));
		this.subscribe = this.subscribe.bind(this);
		this.getSnapshot = this.getSnapshot.bind(this);
	}

	/**
	 * Is there as long as somebody is subscribed, and a second longer.
	 * @param {() => void} listener called when `getSnapshot()` gives something new
	 * @returns {() => void} what ends it
	 */
	subscribe(listener) {
		const own = () => listener();
		this.#listeners.add(own);
		this.#enter();
		const end = this.#query.subscribe(own);
		return () => {
			end();
			if (this.#listeners.delete(own) && this.#listeners.size === 0) {
				this.#timer = this.#clock.setTimeout(() => this.leave(), LINGER_MS);
			}
		};
	}

	/**
	 * Who is there, oneself included: the rows of the stream, one for each user. An error says that one is not there oneself.
	 * @returns {LiveState<R>}
	 */
	getSnapshot() {
		const state = this.#query.getSnapshot();
		const error = this.#hold?.error;
		if (!error || state.error) {
			return state;
		}
		if (this.#refused?.[0] !== state || this.#refused[1].error !== error) {
			this.#refused = [state, { ...state, error }];
		}
		return this.#refused[1];
	}

	/**
	 * Says something else.
	 * @param {AnyRow} row the other columns of the stream
	 */
	set(row) {
		this.#row = row;
		this.#hold?.set({ place: this.#place, ...row });
	}

	/** Leaves at once, unless another page of the user is there. */
	leave() {
		this.#clock.clearTimeout(this.#timer);
		this.#hold?.release();
		this.#hold = null;
	}

	#enter() {
		this.#clock.clearTimeout(this.#timer);
		if (this.#hold?.error) {
			this.leave();
		}
		this.#hold ??= this.#events.hold(this.#table, { place: this.#place, ...this.#row }, () => {
			this.#listeners.forEach((listener) => listener());
		});
	}
}

/**
 * @template {object} [R=AnyRow]
 * @param {Kalam} kalam
 * @param {string} place
 * @param {PresenceOptions} [options]
 * @returns {Presence<R>}
 */
export function presence(kalam, place, options) {
	return new Presence(kalam, place, options);
}
