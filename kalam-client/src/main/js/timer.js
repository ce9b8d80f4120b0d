/**
 * A timer that can be set anew.
 * @import { Clock } from "./types.js"
 */

export class Timer {
	#clock;
	/** @type {any} */
	#id = null;

	/** @param {Clock} clock */
	constructor(clock) {
		this.#clock = clock;
	}

	/**
	 * @param {() => void} run
	 * @param {number} ms
	 */
	set(run, ms) {
		this.clear();
		this.#id = this.#clock.setTimeout(run, ms);
	}

	clear() {
		this.#clock.clearTimeout(this.#id);
	}
}
