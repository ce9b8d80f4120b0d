/**
 * Rows in IndexedDB, a query's rows and its cursor always in one transaction.
 * @import { AnyRow, Column, Cursor } from "./types.js"
 */

const NAME = "kalam";
const VERSION = 1;
const KEEP_MS = 7 * 24 * 3600 * 1000;

/**
 * @typedef {object} QueryRecord
 * @property {string} id
 * @property {string} revision of the last write; somebody else has written if it is not one's own
 * @property {Cursor | null} cursor
 * @property {readonly string[]} keyColumns
 * @property {readonly Column[]} schema
 * @property {number} at when it was written, in milliseconds since 1970
 *
 * @typedef {{ id: string, key: string, ordinal: number, row: AnyRow }} RowRecord
 *
 * @typedef {object} Write
 * @property {boolean} all whether the puts are all the rows that there are
 * @property {[string, { row: AnyRow, ordinal: number }][]} puts
 * @property {string[]} deletes
 */

export class Store {
	#database;

	/** @param {IDBDatabase} database */
	constructor(database) {
		this.#database = database;
		database.onversionchange = () => database.close();
	}

	/**
	 * @param {IDBFactory} indexedDB
	 * @returns {Promise<Store>}
	 */
	static async open(indexedDB) {
		const request = indexedDB.open(NAME, VERSION);
		request.onupgradeneeded = () => {
			request.result.createObjectStore("users");
			request.result.createObjectStore("queries", { keyPath: "id" });
			request.result.createObjectStore("rows", { keyPath: ["id", "key"] });
		};
		const store = new Store(await result(request));
		await store.#expire();
		return store;
	}

	/**
	 * @param {string} identity
	 * @returns {Promise<string | undefined>} who the server said that this is
	 */
	userOf(identity) {
		return this.#do(["users"], "readonly", (transaction) => result(transaction.objectStore("users").get(identity)));
	}

	/**
	 * @param {string} identity
	 * @param {string} user
	 */
	bind(identity, user) {
		return this.#do(["users"], "readwrite", (transaction) => result(transaction.objectStore("users").put(user, identity)));
	}

	/**
	 * @param {string} id
	 * @returns {Promise<{ record: QueryRecord, rows: RowRecord[] } | null>}
	 */
	load(id) {
		return this.#do(["queries", "rows"], "readonly", async (transaction) => {
			const [record, rows] = await Promise.all([
				result(transaction.objectStore("queries").get(id)),
				result(transaction.objectStore("rows").getAll(rowsOf(id))),
			]);
			return record ? { record, rows } : null;
		});
	}

	/**
	 * Writes what has changed since the revision that one knows.
	 * @param {QueryRecord} record
	 * @param {Write} write
	 * @param {string | null} known
	 * @returns {Promise<'written' | 'conflict' | 'behind'>} `conflict`: all rows have to be written; `behind`: another tab
	 * has written newer ones
	 */
	save(record, write, known) {
		return this.#do(["queries", "rows"], "readwrite", async (transaction) => {
			const queries = transaction.objectStore("queries");
			const held = await result(queries.get(record.id));
			if (held && held.revision !== known && isBehind(record.cursor, held.cursor)) {
				return "behind";
			}
			if (!write.all && held?.revision !== known) {
				return "conflict";
			}
			const rows = transaction.objectStore("rows");
			if (write.all) {
				rows.delete(rowsOf(record.id));
			}
			write.deletes.forEach((key) => rows.delete([record.id, key]));
			write.puts.forEach(([key, { row, ordinal }]) => rows.put({ id: record.id, key, ordinal, row }));
			queries.put(record);
			return "written";
		});
	}

	/** @param {string} id */
	erase(id) {
		return this.#do(["queries", "rows"], "readwrite", async (transaction) => {
			transaction.objectStore("queries").delete(id);
			transaction.objectStore("rows").delete(rowsOf(id));
		});
	}

	clear() {
		return this.#do(["users", "queries", "rows"], "readwrite", async (transaction) => {
			["users", "queries", "rows"].forEach((name) => transaction.objectStore(name).clear());
		});
	}

	#expire() {
		return this.#do(["queries", "rows"], "readwrite", async (transaction) => {
			const queries = transaction.objectStore("queries");
			const now = Date.now();
			for (const { id, at } of await result(queries.getAll())) {
				if (!(Math.abs(now - at) < KEEP_MS)) {
					queries.delete(id);
					transaction.objectStore("rows").delete(rowsOf(id));
				}
			}
		});
	}

	/**
	 * @template T
	 * @param {string[]} names
	 * @param {IDBTransactionMode} mode
	 * @param {(transaction: IDBTransaction) => Promise<T>} work
	 * @returns {Promise<T>} fulfilled when the transaction is complete
	 */
	async #do(names, mode, work) {
		const transaction = this.#database.transaction(names, mode);
		/** @type {Promise<void>} */
		const complete = new Promise((resolve, reject) => {
			transaction.oncomplete = () => resolve();
			transaction.onabort = () => reject(transaction.error ?? new Error("The transaction was aborted."));
		});
		const done = work(transaction).catch((error) => {
			abort(transaction);
			throw error;
		});
		const [value] = await Promise.all([done, complete]);
		return value;
	}
}

/**
 * Half of a write would be stored otherwise, if it is the writing that threw.
 * @param {IDBTransaction} transaction
 */
function abort(transaction) {
	try {
		transaction.abort();
	} catch {
		// it has ended by itself
	}
}

/**
 * Whether a cursor is older than another of the same epoch.
 * @param {Cursor | null} cursor
 * @param {Cursor | null} other
 */
function isBehind(cursor, other) {
	return cursor !== null && other !== null && cursor.epoch === other.epoch && BigInt(cursor.seq) < BigInt(other.seq);
}

/** @param {string} id */
const rowsOf = (id) => IDBKeyRange.bound([id], [id, []]);

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function result(request) {
	return new Promise((resolve, reject) => {
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error);
	});
}
