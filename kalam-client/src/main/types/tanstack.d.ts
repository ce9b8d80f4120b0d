/**
 * @template {object} R
 * @typedef {object} CollectionOptions
 * @property {Kalam} kalam
 * @property {string} [table] the table, or
 * @property {string} [sql] the query to follow
 * @property {QueryOptions} [options]
 * @property {(row: R) => string | number} getKey the row's key; the columns of the table's key have to decide it
 * @property {string} [id] the collection's name
 */
/**
 * @template {object} R
 * @typedef {object} Writer how a collection is written to
 * @property {() => void} begin
 * @property {(message: { type: 'insert' | 'update' | 'delete', value: R }) => void} write
 * @property {() => void} commit
 * @property {() => void} markReady
 */
/**
 * @template {object} [R=AnyRow]
 * @param {CollectionOptions<R>} options
 */
export function kalamCollectionOptions<R extends object = AnyRow>({ kalam, table, sql, options, getKey, id, ...others }: CollectionOptions<R>): {
    id: string;
    getKey: (row: R) => string | number;
    sync: {
        rowUpdateMode: "full";
        sync: (writer: Writer<R>) => () => void;
    };
    utils: {
        refresh: () => void;
    };
};
export type CollectionOptions<R extends object> = {
    kalam: Kalam;
    /**
     * the table, or
     */
    table?: string | undefined;
    /**
     * the query to follow
     */
    sql?: string | undefined;
    options?: QueryOptions | undefined;
    /**
     * the row's key; the columns of the table's key have to decide it
     */
    getKey: (row: R) => string | number;
    /**
     * the collection's name
     */
    id?: string | undefined;
};
/**
 * how a collection is written to
 */
export type Writer<R extends object> = {
    begin: () => void;
    write: (message: {
        type: "insert" | "update" | "delete";
        value: R;
    }) => void;
    commit: () => void;
    markReady: () => void;
};
import type { AnyRow } from "./types.js";
import type { Kalam } from "./kalam.js";
import type { QueryOptions } from "./types.js";
