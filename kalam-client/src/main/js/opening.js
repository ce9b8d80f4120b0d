/**
 * Which line to the server a page gets: one of its own, or one that it shares with the user's other tabs. What is needed for
 * that, or for keeping rows, is loaded when it is wanted; a page that can't load it goes without.
 * @import { Cursor, Environment, KalamOptions, Line, LineListener } from "./types.js"
 * @import { Keeper } from "./keeper.js"
 * @import { Tokens } from "./auth.js"
 */
import { Connector } from "./socket.js";

export class Opening {
	#environment;
	#url;
	#tokens;
	#tab;
	#cursorOf;
	/** @type {Keeper | null} */
	keeper = null;

	/**
	 * @param {KalamOptions} options
	 * @param {Environment} environment
	 * @param {string} url
	 * @param {Tokens} tokens
	 * @param {string} tab
	 * @param {(key: string) => Cursor | null} cursorOf the cursor of exactly the rows that a query has
	 */
	constructor({ share }, environment, url, tokens, tab, cursorOf) {
		const { locks, BroadcastChannel, subtle } = environment;
		this.shares = Boolean(share !== false && locks && BroadcastChannel && subtle);
		this.#environment = environment;
		this.#url = url;
		this.#tokens = tokens;
		this.#tab = tab;
		this.#cursorOf = cursorOf;
	}

	/**
	 * Who the user is, as far as the token tells.
	 * @returns {Promise<string | null>}
	 */
	async identify() {
		const module = await this.load(() => import("./identity.js"));
		const token = await this.#tokens.peek().catch(() => null);
		return module && token ? module.identify(token, this.#url, this.#environment.subtle) : null;
	}

	/**
	 * @param {string | null} identity
	 * @param {LineListener & { loggedOut: () => void }} listener
	 * @returns {Promise<Line>}
	 */
	async line(identity, listener) {
		/** @param {LineListener} one */
		const connect = (one) => new Connector(this.#url, this.#tokens, this.#environment, one);
		const module = this.shares && identity ? await this.load(() => import("./tabs.js")) : null;
		return module && identity ? new module.SharedLine(identity, this.#tab, this.#environment, connect, listener) : connect(listener);
	}

	/** What keeps rows; `null` if it can't be loaded. */
	async keep() {
		const module = await this.load(() => import("./keeper.js"));
		this.keeper ??= module && new module.Keeper(this.#environment, this.#url, ({ query }) => this.#cursorOf(query.key));
		return this.keeper;
	}

	/**
	 * @template T
	 * @param {() => Promise<T>} module
	 * @returns {Promise<T | null>}
	 */
	async load(module) {
		try {
			return await module();
		} catch (error) {
			this.#environment.logger.warn("Kalam: a module could not be loaded; going on without it.", error);
			return null;
		}
	}
}
