/**
 * Renews the token on the live socket before it ends. How much of it is left is the server's word; it is counted with a
 * clock that only goes forward.
 *
 * @import { Environment } from "./types.js"
 * @import { Tokens } from "./auth.js"
 */
import { jitter } from "./backoff.js";
import { Timer } from "./timer.js";

const AHEAD_MS = 30_000;
const LONGEST_TIMER_MS = 2 ** 31 - 1;
const MAX_FAILURES = 5;

export class Renewal {
	#environment;
	#tokens;
	#send;
	#timer;
	#isOver = false;

	/**
	 * @param {Environment} environment
	 * @param {Tokens} tokens
	 * @param {(token: string) => void} send
	 */
	constructor(environment, tokens, send) {
		this.#environment = environment;
		this.#tokens = tokens;
		this.#send = send;
		this.#timer = new Timer(environment.clock);
	}

	/**
	 * The server has taken a token.
	 * @param {number} left milliseconds for which it is good
	 */
	plan(left) {
		this.#at(this.#environment.clock.now() + Math.max(left - AHEAD_MS, left * 0.75));
	}

	/**
	 * Renews it at once.
	 * @param {number} [failures] how often that has failed already
	 */
	async now(failures = 0) {
		try {
			const token = await this.#tokens.get("refresh");
			this.#isOver || this.#send(token);
		} catch {
			if (!this.#isOver && failures < MAX_FAILURES) {
				this.#environment.logger.warn("Kalam: the token could not be renewed; trying again.");
				this.#timer.set(() => void this.now(failures + 1), jitter(this.#environment, failures + 1));
			}
		}
	}

	/** For good. */
	stop() {
		this.#isOver = true;
		this.#timer.clear();
	}

	/** @param {number} time */
	#at(time) {
		const wait = time - this.#environment.clock.now();
		const next = Math.min(Math.max(wait, 1_000), LONGEST_TIMER_MS);
		this.#timer.set(() => (next < wait ? this.#at(time) : void this.now()), next);
	}
}
