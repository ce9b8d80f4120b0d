export class Rows {
    /**
     * @param {string | null} orderBy
     * @param {boolean} windowed whether there are other rows that fit the query
     */
    constructor(orderBy: string | null, windowed: boolean);
    /** @type {readonly string[]} */
    keyColumns: readonly string[];
    /** Grows with each change. */
    version: number;
    /** @type {readonly Column[]} */
    schema: readonly Column[];
    get size(): number;
    /** All rows, in order. @returns {readonly AnyRow[]} */
    get data(): readonly AnyRow[];
    /**
     * What rows look like from now on.
     * @param {readonly string[]} keyColumns
     * @param {readonly Column[]} schema
     */
    describe(keyColumns: readonly string[], schema: readonly Column[]): void;
    /** @param {AnyRow} row */
    keyOf(row: AnyRow): string;
    /**
     * Has exactly these rows from now on, those that are equal as they were.
     * @param {readonly AnyRow[]} rows in the order in which they came
     * @returns {boolean} whether anything has changed
     */
    replace(rows: readonly AnyRow[]): boolean;
    /**
     * Applies a commit.
     * @param {readonly RowChange[]} changes in their order
     * @returns {RowChange[]} those that made a difference
     */
    apply(changes: readonly RowChange[]): RowChange[];
    /** Forgets everything. */
    clear(): void;
    /**
     * What has changed since the last time, for the storage.
     * @returns {{ all: boolean, puts: [string, Entry][], deletes: string[] }}
     */
    takeDirty(): {
        all: boolean;
        puts: [string, Entry][];
        deletes: string[];
    };
    /** What has been stored is all there is to store. */
    markClean(): void;
    /** What the storage holds is not known any more. */
    markDirty(): void;
    #private;
}
import type { Column } from "./types.js";
import type { AnyRow } from "./types.js";
import type { RowChange } from "./types.js";
import type { Entry } from "./ordered.js";
