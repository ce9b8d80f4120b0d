/**
 * Notices that nobody is there any more: after a silence it asks, and when there is no answer it says so. What counts are
 * time stamps: a timer may run late, and then together with the frames that it is about.
 * @import { Clock } from "./types.js"
 */

/** Two and a half heartbeats of 10 s. */
const SILENCE_MS = 25_000;
const ANSWER_MS = 5_000;
const LATE_MS = 2_000;

export class Liveness {
	#clock;
	#ask;
	#gone;
	#heardAt = 0;
	/** @type {any} */
	#timer = null;

	/**
	 * @param {Clock} clock
	 * @param {() => void} ask asks whether somebody is there
	 * @param {() => void} gone what to do when nobody is
	 */
	constructor(clock, ask, gone) {
		this.#clock = clock;
		this.#ask = ask;
		this.#gone = gone;
	}

	/** Somebody was there just now. */
	sign() {
		this.#heardAt = this.#clock.now();
	}

	/** Begins to listen. */
	start(ms = SILENCE_MS) {
		this.#after(ms, () => {
			const left = SILENCE_MS - (this.#clock.now() - this.#heardAt);
			if (left > 0) {
				this.start(left);
			} else {
				this.probe();
			}
		});
	}

	/** Asks at once. */
	probe(again = false) {
		const asked = this.#clock.now();
		this.#ask();
		this.#after(ANSWER_MS, () => {
			if (this.#heardAt >= asked) {
				this.start();
			} else if (!again && this.#clock.now() - asked > ANSWER_MS + LATE_MS) {
				this.probe(true);
			} else {
				this.#gone();
			}
		});
	}

	stop() {
		this.#clock.clearTimeout(this.#timer);
	}

	/**
	 * @param {number} ms
	 * @param {() => void} run
	 */
	#after(ms, run) {
		this.stop();
		this.#timer = this.#clock.setTimeout(run, ms);
	}
}
