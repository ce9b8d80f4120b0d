/**
 * Notices that nobody is there any more: after a silence it asks, and when there is no answer it says so. What counts are
 * time stamps: a timer may run late, and then together with the frames that it is about.
 * @import { Clock } from "./types.js"
 */
import { Timer } from "./timer.js";

/** Two and a half heartbeats of 10 s. */
const SILENCE_MS = 25_000;
const ANSWER_MS = 5_000;
const LATE_MS = 2_000;

export class Liveness {
	#clock;
	#ask;
	#gone;
	#heardAt = 0;
	#timer;

	/**
	 * @param {Clock} clock
	 * @param {() => void} ask asks whether somebody is there
	 * @param {() => void} gone what to do when nobody is
	 */
	constructor(clock, ask, gone) {
		this.#clock = clock;
		this.#ask = ask;
		this.#gone = gone;
		this.#timer = new Timer(clock);
	}

	/** Somebody was there just now. */
	sign() {
		this.#heardAt = this.#clock.now();
	}

	/** Begins to listen. */
	start(ms = SILENCE_MS) {
		this.#timer.set(() => {
			const left = SILENCE_MS - (this.#clock.now() - this.#heardAt);
			if (left > 0) {
				this.start(left);
			} else {
				this.probe();
			}
		}, ms);
	}

	/** Asks at once. */
	probe(again = false) {
		const asked = this.#clock.now();
		this.#ask();
		this.#timer.set(() => {
			if (this.#heardAt >= asked) {
				this.start();
			} else if (!again && this.#clock.now() - asked > ANSWER_MS + LATE_MS) {
				this.probe(true);
			} else {
				this.#gone();
			}
		}, ANSWER_MS);
	}

	stop() {
		this.#timer.clear();
	}
}
