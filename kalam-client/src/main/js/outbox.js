/**
 * Sends no faster than a server takes it: 50 frames a second in the long run, 150 at once. A page of a hundred queries
 * would be closed with 4429 otherwise.
 * @import { Clock } from "./types.js"
 */

const BURST = 120;
const PER_SECOND = 40;

export class Outbox {
	#clock;
	#write;
	/** @type {string[]} */
	#queue = [];
	#allowance = BURST;
	#at = 0;
	/** @type {any} */
	#timer = null;

	/**
	 * @param {Clock} clock
	 * @param {(text: string) => void} write
	 */
	constructor(clock, write) {
		this.#clock = clock;
		this.#write = write;
	}

	open() {
		this.#allowance = BURST;
		this.#at = this.#clock.now();
	}

	/** @param {string} text */
	send(text) {
		this.#queue.push(text);
		if (this.#timer === null) {
			this.#flush();
		}
	}

	close() {
		this.#clock.clearTimeout(this.#timer);
		this.#timer = null;
		this.#queue = [];
	}

	#flush() {
		this.#timer = null;
		const now = this.#clock.now();
		this.#allowance = Math.min(BURST, this.#allowance + ((now - this.#at) * PER_SECOND) / 1000);
		this.#at = now;
		while (this.#allowance >= 1 && this.#queue.length > 0) {
			this.#allowance--;
			this.#write(/** @type {string} */ (this.#queue.shift()));
		}
		if (this.#queue.length > 0) {
			this.#timer = this.#clock.setTimeout(() => this.#flush(), 1000 / PER_SECOND);
		}
	}
}
