/**
 * How a visible tab makes sure that the leader is there: after a silence it asks, and when there is no answer it says so. A
 * timer that runs late says nothing: this tab was asleep itself.
 * @import { Clock } from "./types.js"
 */

const WATCH_MS = 5_000;
const SILENCE_MS = 10_000;
const ANSWER_MS = 3_000;
const LATE_MS = 2_000;

export class Lookout {
	#clock;
	/** @type {any} */
	#timer = null;
	#mayAsk;
	#ask;
	#missing;
	#heardAt = 0;

	/**
	 * @param {Clock} clock
	 * @param {() => boolean} mayAsk whether it is this tab's business
	 * @param {() => void} ask
	 * @param {() => void} missing what to do when nobody has answered
	 */
	constructor(clock, mayAsk, ask, missing) {
		this.#clock = clock;
		this.#mayAsk = mayAsk;
		this.#ask = ask;
		this.#missing = missing;
	}

	/** The leader was there just now. */
	heard() {
		this.#heardAt = this.#clock.now();
	}

	start() {
		this.#set(() => {
			const silent = this.#clock.now() - this.#heardAt >= SILENCE_MS;
			if (silent && this.#mayAsk()) {
				this.probe();
			} else {
				this.start();
			}
		}, WATCH_MS);
	}

	/** Asks at once. */
	probe() {
		const askedAt = this.#clock.now();
		this.#ask();
		this.#set(() => {
			const late = this.#clock.now() - askedAt > ANSWER_MS + LATE_MS;
			if (!late && this.#heardAt < askedAt) {
				this.#missing();
			}
			this.start();
		}, ANSWER_MS);
	}

	stop() {
		this.#clock.clearTimeout(this.#timer);
	}

	/**
	 * @param {() => void} run
	 * @param {number} ms
	 */
	#set(run, ms) {
		this.stop();
		this.#timer = this.#clock.setTimeout(run, ms);
	}
}
