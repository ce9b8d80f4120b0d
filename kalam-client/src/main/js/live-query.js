/**
 * What a page holds of a query: light, without a state of its own, and equal for equal queries.
 * @import { AnyRow, Cursor, LiveState, Query, QueryOptions, Transaction } from "./types.js"
 * @import { Client } from "./client.js"
 */
import { comparison } from "./order.js";

const TABLE = /^[a-z_][\w$]*(\.[a-z_][\w$]*)?$/i;

/**
 * @param {string} sql
 * @param {QueryOptions} [options]
 * @returns {Query}
 */
export function queryOf(sql, options = {}) {
	if (typeof sql !== "string" || sql.trim() === "") {
		throw new TypeError("live() wants SQL, such as \"SELECT * FROM tickets\".");
	}
	comparison(options.orderBy, []);
	const query = {
		sql,
		params: options.params ?? [],
		lastRows: options.lastRows ?? null,
		batchSize: options.batchSize,
		deliver: options.deliver,
		progressive: options.progressive ?? false,
		orderBy: options.orderBy ?? null,
	};
	return { key: JSON.stringify(Object.values(query)), ...query };
}

/** @param {string} name */
export function selectFrom(name) {
	if (!TABLE.test(name)) {
		throw new TypeError(`"${name}" is no plain table name. Use live() with SQL.`);
	}
	return `SELECT * FROM ${name}`;
}

/** @template {object} [R=AnyRow] */
export class LiveQuery {
	#client;
	#query;

	/**
	 * @param {Client} client
	 * @param {Query} query
	 */
	constructor(client, query) {
		this.#client = client;
		this.#query = query;
		this.subscribe = this.subscribe.bind(this);
		this.getSnapshot = this.getSnapshot.bind(this);
	}

	get sql() {
		return this.#query.sql;
	}

	/**
	 * Keeps the query live as long as somebody is subscribed, and 30 s longer.
	 * @param {() => void} listener called when `getSnapshot()` gives something new
	 * @returns {() => void} what ends it
	 */
	subscribe(listener) {
		return this.#client.listen(this.#query, (active) => active.listeners, once(listener));
	}

	/**
	 * Hears of each commit that changes the rows, after all queries have changed.
	 * @param {(transaction: Transaction) => void} listener
	 * @returns {() => void} what ends it
	 */
	onTransaction(listener) {
		return this.#client.listen(this.#query, (active) => active.transactionListeners, once(listener));
	}

	/**
	 * What there is to show; the same object until something changes.
	 * @returns {LiveState<R>}
	 */
	getSnapshot() {
		return this.#client.stateOf(this.#query.key);
	}

	/**
	 * Waits until there is something to show.
	 * @returns {Promise<LiveState<R>>} rejected with a `KalamError` if that will not be
	 */
	ready() {
		return new Promise((resolve, reject) => {
			/** @type {() => void} */
			let end = () => {};
			const look = () => {
				const state = this.getSnapshot();
				if (state.loading && !state.error) {
					return;
				}
				end();
				if (state.error && state.source === "none") {
					reject(state.error);
				} else {
					resolve(state);
				}
			};
			end = this.subscribe(look);
			look();
		});
	}

	/** Reads the rows anew, or tries again what has failed. */
	refresh() {
		this.#client.refresh(this.#query.key);
	}

	/**
	 * Up to where the rows are complete.
	 * @returns {Cursor | null}
	 */
	get cursor() {
		return this.#client.cursorOf(this.#query.key);
	}
}

/**
 * A function that is nobody else's, so that two subscriptions of one listener are two.
 * @template {(...values: any[]) => void} F
 * @param {F} listener
 * @returns {F}
 */
function once(listener) {
	return /** @type {F} */ ((...values) => listener(...values));
}
