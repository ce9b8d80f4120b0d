/**
 * A query that somebody listens to, or did a moment ago: the state machine with its listeners and what they are shown.
 * @import { LiveState, Query, Transaction } from "./types.js"
 * @import { KalamError } from "./errors.js"
 */
import { Subscription } from "./subscription.js";

/** What a query shows before anybody listens to it. @type {LiveState<any>} */
export const INITIAL = Object.freeze({
	data: Object.freeze([]),
	loading: true,
	error: null,
	stale: false,
	status: "idle",
	source: "none",
	seq: null,
});

export class ActiveQuery {
	/** @type {Set<() => void>} */
	listeners = new Set();
	/** @type {Set<(transaction: Transaction) => void>} */
	transactionListeners = new Set();
	/** Its id on the wire, a new one for each attempt, so that frames of an older one are strays. @type {string | null} */
	wireId = null;
	/** @type {LiveState<any> | null} */
	#state = null;
	/** @type {(Omit<LiveState, 'data'> & { version: number }) | null} */
	#shown = null;
	/** @type {Record<'linger' | 'retry' | 'calm', any>} */
	timers = { linger: null, retry: null, calm: null };
	#gaveUp = false;

	/** @param {Query} query */
	constructor(query) {
		this.query = query;
		this.subscription = new Subscription(query);
	}

	get isWanted() {
		return this.listeners.size + this.transactionListeners.size > 0;
	}

	/**
	 * Looks at what is to be shown.
	 * @param {KalamError | null} connectionError one that will not pass by itself
	 * @returns {boolean} whether that has changed
	 */
	look(connectionError) {
		const { subscription } = this;
		this.#gaveUp = subscription.loading && (this.#gaveUp || connectionError !== null);
		const next = {
			loading: subscription.loading && !this.#gaveUp,
			error: subscription.error ?? connectionError,
			stale: subscription.stale,
			status: connectionError && subscription.loading ? /** @type {const} */ ("error") : subscription.status,
			source: subscription.source,
			seq: subscription.seq,
			version: subscription.rows.version,
		};
		const shown = this.#shown;
		if (shown && /** @type {(keyof typeof next)[]} */ (Object.keys(next)).every((name) => next[name] === shown[name])) {
			return false;
		}
		this.#shown = next;
		this.#state = null;
		return true;
	}

	/**
	 * What is shown. Made when somebody looks: who draws once a frame has the rows copied once a frame.
	 * @returns {LiveState<any>}
	 */
	get state() {
		if (!this.#shown) {
			return INITIAL;
		}
		const { version, ...shown } = this.#shown;
		this.#state ??= { data: this.subscription.rows.data, ...shown };
		return this.#state;
	}
}
