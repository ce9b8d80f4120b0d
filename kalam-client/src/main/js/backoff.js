/**
 * When to try again: at a random time up to a limit that doubles with each attempt ("full jitter"), so that clients that
 * were cut off together don't come back together.
 * @import { Environment } from "./types.js"
 */
import { Timer } from "./timer.js";

const BASE_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait, in milliseconds.
 * @param {{ random: () => number }} environment
 * @param {number} attempts how many have failed before
 */
export function jitter({ random }, attempts) {
	return random() * Math.min(LONGEST_MS, BASE_MS * 2 ** attempts);
}

export class Backoff {
	#environment;
	#run;
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
		this.#timer = new Timer(environment.clock);
	}

	schedule() {
		this.#timer.set(this.#run, Math.max(this.#floor, jitter(this.#environment, this.#attempts++)));
	}

	/** Something has changed that makes an attempt worth its while. */
	hurry() {
		this.cancel();
		if (this.#floor > 0) {
			this.#timer.set(this.#run, this.#floor);
		} else {
			this.#run();
		}
	}

	/** @param {number} ms how long the server does not want to see us */
	floor(ms) {
		this.#notBefore = this.#environment.clock.now() + Math.min(ms, LONGEST_MS);
	}

	cancel() {
		this.#timer.clear();
	}

	get #floor() {
		return this.#notBefore - this.#environment.clock.now();
	}

	/** All is well again. */
	forgive() {
		this.#attempts = 0;
	}
}
