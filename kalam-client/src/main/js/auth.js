/**
 * The user's token: asked for when it is needed, never kept longer than it takes to send it.
 * @import { Clock, KalamOptions, TokenReason } from "./types.js"
 */
import { KalamError } from "./errors.js";

const TIMEOUT_MS = 15_000;

export class Tokens {
	#getToken;
	#clock;
	/** One that was asked for already and is still to be sent. @type {string | null} */
	#ahead = null;

	/**
	 * @param {KalamOptions['getToken']} getToken
	 * @param {Clock} clock
	 */
	constructor(getToken, clock) {
		this.#getToken = getToken;
		this.#clock = clock;
	}

	/**
	 * @param {TokenReason} reason
	 * @returns {Promise<string>} rejected with `TOKEN_UNAVAILABLE` if there is none or none in time
	 */
	async get(reason) {
		const ahead = this.#ahead;
		this.#ahead = null;
		return ahead !== null && reason === "connect" ? ahead : this.#ask(reason);
	}

	/**
	 * Gets a token ahead of its use.
	 * @returns {Promise<string>}
	 */
	async peek() {
		this.#ahead ??= await this.#ask("connect");
		return this.#ahead;
	}

	/** The user may have changed. */
	forget() {
		this.#ahead = null;
	}

	/** @param {TokenReason} reason */
	async #ask(reason) {
		let timer;
		/** @type {Promise<never>} */
		const late = new Promise((_, reject) => {
			timer = this.#clock.setTimeout(() => reject(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS);
		});
		try {
			const token = await Promise.race([this.#call(reason), late]);
			if (typeof token !== "string" || token === "") {
				throw new TypeError("it has to give a token, as a string");
			}
			return token;
		} catch (error) {
			throw new KalamError("TOKEN_UNAVAILABLE", "getToken gave no token. Sign in again, then call setAuth('login').", error);
		} finally {
			this.#clock.clearTimeout(timer);
		}
	}

	/** @param {TokenReason} reason */
	async #call(reason) {
		return this.#getToken({ reason });
	}
}
