/**
 * Rows in order. An array that was handed out never changes again.
 * @import { AnyRow } from "./types.js"
 * @import { Compare } from "./order.js"
 */

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {AnyRow} row
 * @property {number} ordinal when the row came; decides between rows that are equal in order
 */

export class Ordered {
	/** How rows are compared. @type {Compare | null} */
	compare = null;
	/** @type {Entry[]} */
	#list = [];
	/** Their rows. @type {AnyRow[]} */
	#data = [];
	#shared = false;

	get size() {
		return this.#list.length;
	}

	/** All rows. @returns {readonly AnyRow[]} */
	get data() {
		this.#shared = true;
		return this.#data;
	}

	/** @param {(entry: Entry) => void} run */
	forEach(run) {
		this.#list.forEach(run);
	}

	/**
	 * Has exactly these entries from now on. If their rows are the same as before, so is the array of them.
	 * @param {Iterable<Entry>} entries in any order
	 * @returns {boolean} whether the rows are others than before
	 */
	arrange(entries) {
		this.#list = [...entries].sort((a, b) => this.#order(a, b));
		const before = this.#data;
		if (before.length === this.#list.length && this.#list.every(({ row }, index) => row === before[index])) {
			return false;
		}
		this.#data = this.#list.map(({ row }) => row);
		this.#shared = false;
		return true;
	}

	/** @param {Entry} entry */
	insert(entry) {
		this.#own();
		const index = this.#indexOf(entry);
		this.#list.splice(index, 0, entry);
		this.#data.splice(index, 0, entry.row);
	}

	/** @param {Entry} entry one that is held */
	remove(entry) {
		this.#own();
		const index = this.#indexOf(entry);
		this.#list.splice(index, 1);
		this.#data.splice(index, 1);
	}

	/**
	 * @param {Entry} held
	 * @param {Entry} entry what takes its place, or another one where the order wants that
	 */
	replace(held, entry) {
		if (this.#order(held, entry) === 0) {
			this.#own();
			const index = this.#indexOf(held);
			this.#list[index] = entry;
			this.#data[index] = entry.row;
		} else {
			this.remove(held);
			this.insert(entry);
		}
	}

	clear() {
		this.#list = [];
		this.#data = [];
		this.#shared = false;
	}

	/**
	 * Where an entry is, or belongs.
	 * @param {Entry} entry
	 */
	#indexOf(entry) {
		let [low, high] = [0, this.#list.length];
		while (low < high) {
			const middle = (low + high) >>> 1;
			if (this.#order(/** @type {Entry} */ (this.#list[middle]), entry) < 0) {
				low = middle + 1;
			} else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * @param {Entry} a
	 * @param {Entry} b
	 */
	#order(a, b) {
		return (this.compare?.(a.row, b.row) ?? 0) || a.ordinal - b.ordinal;
	}

	/** Sees to it that nobody else has the array. */
	#own() {
		if (this.#shared) {
			this.#data = this.#data.slice();
			this.#shared = false;
		}
	}
}
