/**
 * The rows of one query, in order. A row that does not change keeps its identity, and so does the list of all. An array
 * that was handed out never changes again.
 * @import { AnyRow, Column, RowChange } from "./types.js"
 * @import { Entry } from "./ordered.js"
 */
import { equal } from "./equal.js";
import { comparison } from "./order.js";
import { Ordered } from "./ordered.js";

/** Beyond so many changes at once it is cheaper to sort once than to find each place. */
const BULK = 200;

export class Rows {
	/** @type {string | null} */
	#orderBy;
	/** @type {Map<string, Entry>} */
	#entries = new Map();
	#ordered = new Ordered();
	#next = 0;
	/** @type {readonly string[]} */
	keyColumns = [];
	/** Grows with each change. */
	version = 0;
	/** @type {readonly Column[]} */
	schema = [];
	/** What has changed since it was taken: keys, or `all`. @type {Set<string> | 'all'} */
	#dirty = "all";
	#windowed;

	/**
	 * @param {string | null} orderBy
	 * @param {boolean} windowed whether there are other rows that fit the query
	 */
	constructor(orderBy, windowed) {
		this.#orderBy = orderBy;
		this.#windowed = windowed;
	}

	get size() {
		return this.#ordered.size;
	}

	/** All rows, in order. @returns {readonly AnyRow[]} */
	get data() {
		return this.#ordered.data;
	}

	/**
	 * What rows look like from now on.
	 * @param {readonly string[]} keyColumns
	 * @param {readonly Column[]} schema
	 */
	describe(keyColumns, schema) {
		this.keyColumns = keyColumns;
		this.schema = schema;
		this.#ordered.compare = comparison(this.#orderBy, schema);
	}

	/** @param {AnyRow} row */
	keyOf(row) {
		const [first] = this.keyColumns;
		return this.keyColumns.length === 1 && first !== undefined
			? String(row[first])
			: JSON.stringify(this.keyColumns.map((column) => row[column]));
	}

	/**
	 * Has exactly these rows from now on, those that are equal as they were.
	 * @param {readonly AnyRow[]} rows in the order in which they came
	 * @returns {boolean} whether anything has changed
	 */
	replace(rows) {
		/** @type {Map<string, AnyRow>} */
		const held = new Map();
		this.#ordered.forEach(({ row }) => held.set(this.keyOf(row), row));
		/** @type {Map<string, Entry>} */
		const entries = new Map();
		for (const row of rows) {
			const key = this.keyOf(row);
			const old = held.get(key);
			entries.set(key, { key, row: old && equal(old, row) ? old : row, ordinal: entries.size });
		}
		this.#entries = entries;
		this.#next = entries.size;
		if (!this.#ordered.arrange(entries.values())) {
			return false;
		}
		this.#dirty = "all";
		this.version++;
		return true;
	}

	/**
	 * Applies a commit.
	 * @param {readonly RowChange[]} changes in their order
	 * @returns {RowChange[]} those that made a difference
	 */
	apply(changes) {
		const bulk = changes.length > BULK;
		const made = changes.filter((change) => this.#change(change, bulk));
		if (made.length > 0) {
			this.version++;
		}
		if (bulk && made.length > 0) {
			this.#ordered.arrange(this.#entries.values());
		}
		return made;
	}

	/** Forgets everything. */
	clear() {
		this.#entries = new Map();
		this.#ordered.clear();
		this.#dirty = "all";
		this.version++;
	}

	/**
	 * What has changed since the last time, for the storage.
	 * @returns {{ all: boolean, puts: [string, Entry][], deletes: string[] }}
	 */
	takeDirty() {
		const dirty = this.#dirty;
		this.#dirty = new Set();
		if (dirty === "all") {
			return { all: true, puts: [...this.#entries], deletes: [] };
		}
		/** @type {[string, Entry][]} */
		const puts = [];
		/** @type {string[]} */
		const deletes = [];
		for (const key of dirty) {
			const entry = this.#entries.get(key);
			if (entry) {
				puts.push([key, entry]);
			} else {
				deletes.push(key);
			}
		}
		return { all: false, puts, deletes };
	}

	/** What has been stored is all there is to store. */
	markClean() {
		this.#dirty = new Set();
	}

	/** What the storage holds is not known any more. */
	markDirty() {
		this.#dirty = "all";
	}

	/**
	 * @param {RowChange} change
	 * @param {boolean} bulk
	 */
	#change({ op, row, old }, bulk) {
		if (op === "truncate") {
			const held = this.#ordered.size > 0 || this.#entries.size > 0;
			this.clear();
			return held;
		}
		if (op === "delete" || !row) {
			return old !== undefined && this.#remove(this.keyOf(old), bulk);
		}
		const key = this.keyOf(row);
		const oldKey = old && op === "update" ? this.keyOf(old) : key;
		if (this.#windowed && op === "update" && !this.#entries.has(oldKey)) {
			return false;
		}
		if (oldKey === key) {
			return this.#set(key, row, this.#next, bulk);
		}
		const ordinal = this.#entries.get(oldKey)?.ordinal ?? this.#next;
		this.#remove(oldKey, bulk);
		this.#remove(key, bulk);
		return this.#set(key, row, ordinal, bulk);
	}

	/**
	 * @param {string} key
	 * @param {AnyRow} row
	 * @param {number} ordinal
	 * @param {boolean} bulk
	 */
	#set(key, row, ordinal, bulk) {
		const held = this.#entries.get(key);
		if (held && equal(held.row, row)) {
			return false;
		}
		this.#touch(key);
		const entry = { key, row, ordinal: held?.ordinal ?? ordinal };
		this.#next = Math.max(this.#next, entry.ordinal + 1);
		this.#entries.set(key, entry);
		if (!bulk && held) {
			this.#ordered.replace(held, entry);
		} else if (!bulk) {
			this.#ordered.insert(entry);
		}
		return true;
	}

	/**
	 * @param {string} key
	 * @param {boolean} bulk
	 */
	#remove(key, bulk) {
		const held = this.#entries.get(key);
		if (!held) {
			return false;
		}
		this.#touch(key);
		this.#entries.delete(key);
		if (!bulk) {
			this.#ordered.remove(held);
		}
		return true;
	}

	/** @param {string} key */
	#touch(key) {
		if (this.#dirty !== "all") {
			this.#dirty.add(key);
		}
	}
}
