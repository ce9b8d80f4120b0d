/**
 * Rows that outlive the page, of one user at a time. It is a cache: whatever goes wrong with it, rows are in memory only
 * from then on, and that is said once.
 * @import { Cursor, Environment } from "./types.js"
 * @import { Stored } from "./transitions.js"
 * @import { Rows } from "./rows.js"
 */
import { Store } from "./storage.js";

const TIMEOUT_MS = 3_000;

export class Cache {
	#environment;
	#url;
	/** @type {Promise<Store | null>} */
	#store;
	#failed = false;
	/** @type {string | null} */
	#identity = null;
	/** @type {string | null} */
	#user = null;
	/** @type {((user: string) => void)[]} */
	#waiting = [];
	/** What was last read or written of a query. @type {Map<string, string>} */
	#revisions = new Map();
	/** Everything happens one after the other. @type {Promise<unknown>} */
	#queue = Promise.resolve();

	/**
	 * @param {Environment} environment
	 * @param {string} url
	 */
	constructor(environment, url) {
		this.#environment = environment;
		this.#url = url;
		this.#store = this.#within(this.#open());
	}

	/**
	 * Who the token says that the user is. Only a user whom the server has confirmed before is believed.
	 * @param {string | null} identity
	 */
	identified(identity) {
		this.#identity = identity;
		if (identity !== null) {
			void this.#attempt((store) => store.userOf(identity)).then((user) => {
				if (user && this.#user === null && this.#identity === identity) {
					this.#isOf(user);
				}
			});
		}
	}

	/**
	 * Who the server says that the user is.
	 * @param {string} user
	 */
	signedIn(user) {
		const identity = this.#identity;
		if (identity !== null && user !== this.#user) {
			void this.#attempt((store) => store.bind(identity, user));
		}
		this.#isOf(user);
	}

	signedOut() {
		this.#user = null;
		this.#identity = null;
		this.#waiting = [];
	}

	/**
	 * @param {string} key of a query
	 * @returns {Promise<Stored | null>} what there is, as soon as it is known whose it has to be
	 */
	async load(key) {
		const user = await this.#known();
		const id = this.#id(user, key);
		const found = await this.#attempt((store) => store.load(id));
		if (!found || !isSound(found)) {
			return null;
		}
		this.#revisions.set(id, found.record.revision);
		const rows = found.rows.sort((a, b) => a.ordinal - b.ordinal).map(({ row }) => row);
		return { rows, keyColumns: found.record.keyColumns, schema: found.record.schema, cursor: found.record.cursor };
	}

	/**
	 * @param {string} key of a query
	 * @param {Rows} rows
	 * @param {Cursor | null} cursor of exactly these rows
	 * @returns {Promise<unknown>}
	 */
	async save(key, rows, cursor) {
		if (this.#user === null || this.#failed) {
			return;
		}
		const id = this.#id(this.#user, key);
		const write = rows.takeDirty();
		const record = { id, cursor, keyColumns: rows.keyColumns, schema: rows.schema, at: Date.now() };
		const revision = `${record.at}-${this.#environment.random()}`;
		const outcome = await this.#attempt((store) => store.save({ ...record, revision }, write, this.#revisions.get(id) ?? null));
		if (outcome === "written") {
			this.#revisions.set(id, revision);
		} else {
			rows.markDirty();
		}
	}

	/** @param {string} key of a query */
	erase(key) {
		const user = this.#user;
		if (user === null) {
			return;
		}
		return this.#attempt((store) => store.erase(this.#id(user, key)));
	}

	clear() {
		this.#revisions.clear();
		return this.#attempt((store) => store.clear());
	}

	/** @returns {Promise<string>} */
	async #known() {
		return this.#user ?? new Promise((resolve) => this.#waiting.push(resolve));
	}

	/** @param {string} user */
	#isOf(user) {
		this.#user = user;
		const waiting = this.#waiting;
		this.#waiting = [];
		waiting.forEach((resolve) => resolve(user));
	}

	/**
	 * @param {string} user
	 * @param {string} key
	 */
	#id(user, key) {
		return JSON.stringify([this.#url, user, key]);
	}

	async #open() {
		const { indexedDB } = this.#environment;
		if (!indexedDB) {
			throw new Error("there is no IndexedDB");
		}
		return Store.open(indexedDB);
	}

	/**
	 * @template T
	 * @param {(store: Store) => Promise<T>} work
	 * @returns {Promise<T | null>} `null` if it could not be done
	 */
	#attempt(work) {
		const done = this.#queue.then(async () => {
			const store = await this.#store;
			return store && !this.#failed ? this.#within(work(store)) : null;
		});
		this.#queue = done;
		return done;
	}

	/**
	 * @template T
	 * @param {Promise<T>} work
	 * @returns {Promise<T | null>}
	 */
	async #within(work) {
		const { clock } = this.#environment;
		let timer;
		/** @type {Promise<never>} */
		const late = new Promise((_, reject) => {
			timer = clock.setTimeout(() => reject(new Error("it does not answer")), TIMEOUT_MS);
		});
		try {
			return await Promise.race([work, late]);
		} catch (error) {
			this.#fail(error);
			return null;
		} finally {
			clock.clearTimeout(timer);
		}
	}

	/** @param {unknown} error */
	#fail(error) {
		if (!this.#failed) {
			this.#failed = true;
			this.#environment.logger.warn("Kalam: rows are kept in memory only, IndexedDB failed.", error);
		}
	}
}

/** @param {{ record: any, rows: any[] }} found */
function isSound({ record, rows }) {
	const { keyColumns, schema, cursor } = record;
	return (
		Array.isArray(keyColumns) &&
		Array.isArray(schema) &&
		(cursor === null || (/^\d+$/.test(cursor?.seq) && typeof cursor.epoch === "string")) &&
		rows.every(({ row }) => typeof row === "object" && row !== null && keyColumns.every((column) => column in row))
	);
}
