/**
 * Sees to it that what queries hold gets into the cache, and out of it. Loaded when rows are to be kept.
 * @import { Cursor, Environment } from "./types.js"
 * @import { ActiveQuery } from "./active.js"
 * @import { Stored } from "./transitions.js"
 */
import { Cache } from "./cache.js";

const SAVE_MS = 1_000;

export class Keeper {
	#clock;
	#cursorOf;
	/** @type {Map<ActiveQuery, any>} */
	#timers = new Map();

	/**
	 * @param {Environment} environment
	 * @param {string} url
	 * @param {(active: ActiveQuery) => Cursor | null} cursorOf the cursor of exactly the rows that a query has
	 */
	constructor(environment, url, cursorOf) {
		this.#clock = environment.clock;
		this.#cursorOf = cursorOf;
		this.cache = new Cache(environment, url);
	}

	/**
	 * @param {ActiveQuery} active
	 * @returns {Promise<Stored | null>}
	 */
	load(active) {
		return this.cache.load(active.query.key);
	}

	/** @param {ActiveQuery} active */
	saveLater(active) {
		if (!this.#timers.has(active)) {
			this.#timers.set(active, this.#clock.setTimeout(() => this.save(active), SAVE_MS));
		}
	}

	/**
	 * Saves a query whose cursor is exact; others have nothing that could be continued.
	 * @param {ActiveQuery} active
	 */
	save(active) {
		this.#clock.clearTimeout(this.#timers.get(active));
		this.#timers.delete(active);
		if (active.subscription.state === "live") {
			void this.cache.save(active.query.key, active.subscription.rows, this.#cursorOf(active));
		}
	}

	/** @param {ActiveQuery} active */
	erase(active) {
		void this.cache.erase(active.query.key);
	}
}
