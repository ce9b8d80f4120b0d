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
    /**
     * @param {IDBFactory} indexedDB
     * @returns {Promise<Store>}
     */
    static open(indexedDB: IDBFactory): Promise<Store>;
    /** @param {IDBDatabase} database */
    constructor(database: IDBDatabase);
    /**
     * @param {string} identity
     * @returns {Promise<string | undefined>} who the server said that this is
     */
    userOf(identity: string): Promise<string | undefined>;
    /**
     * @param {string} identity
     * @param {string} user
     */
    bind(identity: string, user: string): Promise<IDBValidKey>;
    /**
     * @param {string} id
     * @returns {Promise<{ record: QueryRecord, rows: RowRecord[] } | null>}
     */
    load(id: string): Promise<{
        record: QueryRecord;
        rows: RowRecord[];
    } | null>;
    /**
     * Writes what has changed since the revision that one knows.
     * @param {QueryRecord} record
     * @param {Write} write
     * @param {string | null} known
     * @returns {Promise<'written' | 'conflict' | 'behind'>} `conflict`: all rows have to be written; `behind`: another tab
     * has written newer ones
     */
    save(record: QueryRecord, write: Write, known: string | null): Promise<"written" | "conflict" | "behind">;
    /** @param {string} id */
    erase(id: string): Promise<void>;
    clear(): Promise<void>;
    #private;
}
export type QueryRecord = {
    id: string;
    /**
     * of the last write; somebody else has written if it is not one's own
     */
    revision: string;
    cursor: Cursor | null;
    keyColumns: readonly string[];
    schema: readonly Column[];
    /**
     * when it was written, in milliseconds since 1970
     */
    at: number;
};
export type RowRecord = {
    id: string;
    key: string;
    ordinal: number;
    row: AnyRow;
};
export type Write = {
    /**
     * whether the puts are all the rows that there are
     */
    all: boolean;
    puts: [string, {
        row: AnyRow;
        ordinal: number;
    }][];
    deletes: string[];
};
import type { Cursor } from "./types.js";
import type { Column } from "./types.js";
import type { AnyRow } from "./types.js";
