/**
 * When to try again: at a random time up to a limit that doubles with each attempt ("full jitter"), so that clients that
 * were cut off together don't come back together.
 * @import { Environment } from "./types.js"
 */

const BASE_MS = 500;
const LONGEST_MS = 30_000;

export class Backoff {
	#environment;
	#run;
	/** @type {any} */
	#timer;
	#attempts = 0;
	#notBefore = -Infinity;

	/**
	 * @param {Environment} environment
	 * @param {() => void} run what to do when it is time
	 */
	constructor(environment, run) {
		this.#environment = environment;
		this.#run = run;
	}

	/**
	 * How long to wait, in milliseconds.
	 * @param {number} attempts how many have failed before
	 */
	delay(attempts) {
		return this.#environment.random() * Math.min(LONGEST_MS, BASE_MS * 2 ** attempts);
	}

	schedule() {
		this.cancel();
		const floor = this.#notBefore - this.#environment.clock.now();
		this.#timer = this.#environment.clock.setTimeout(this.#run, Math.max(floor, this.delay(this.#attempts++)));
	}

	/** Something has changed that makes an attempt worth its while. */
	hurry() {
		this.cancel();
		const floor = this.#notBefore - this.#environment.clock.now();
		if (floor > 0) {
			this.#timer = this.#environment.clock.setTimeout(this.#run, floor);
		} else {
			this.#run();
		}
	}

	/** @param {number} ms how long the server does not want to see us */
	floor(ms) {
		this.#notBefore = this.#environment.clock.now() + Math.min(ms, LONGEST_MS);
	}

	cancel() {
		this.#environment.clock.clearTimeout(this.#timer);
	}

	/** All is well again. */
	forgive() {
		this.#attempts = 0;
	}
}
