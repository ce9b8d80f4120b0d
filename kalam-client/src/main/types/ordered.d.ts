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
    compare: Compare | null;
    get size(): number;
    /** All rows. @returns {readonly AnyRow[]} */
    get data(): readonly AnyRow[];
    /** @param {(entry: Entry) => void} run */
    forEach(run: (entry: Entry) => void): void;
    /**
     * Has exactly these entries from now on. If their rows are the same as before, so is the array of them.
     * @param {Iterable<Entry>} entries in any order
     * @returns {boolean} whether the rows are others than before
     */
    arrange(entries: Iterable<Entry>): boolean;
    /** @param {Entry} entry */
    insert(entry: Entry): void;
    /** @param {Entry} entry one that is held */
    remove(entry: Entry): void;
    /**
     * @param {Entry} held
     * @param {Entry} entry what takes its place, or another one where the order wants that
     */
    replace(held: Entry, entry: Entry): void;
    clear(): void;
    #private;
}
export type Entry = {
    key: string;
    row: AnyRow;
    /**
     * when the row came; decides between rows that are equal in order
     */
    ordinal: number;
};
import type { Compare } from "./order.js";
import type { AnyRow } from "./types.js";
