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
	/** @type {LiveState<any>} */
	state = INITIAL;
	/** @type {Record<'linger' | 'retry' | 'save' | 'calm', any>} */
	timers = { linger: null, retry: null, save: null, calm: null };
	/** When it was last saved. */
	savedAt = 0;
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
		const { subscription, state } = this;
		this.#gaveUp = subscription.loading && (this.#gaveUp || connectionError !== null);
		const next = {
			data: subscription.rows.data,
			loading: subscription.loading && !this.#gaveUp,
			error: subscription.error ?? connectionError,
			stale: subscription.stale,
			status: connectionError && subscription.loading ? /** @type {const} */ ("error") : subscription.status,
			source: subscription.source,
			seq: subscription.seq,
		};
		if (/** @type {(keyof LiveState)[]} */ (Object.keys(next)).every((name) => next[name] === state[name])) {
			return false;
		}
		this.state = next;
		return true;
	}
}
