/**
 * @param {string} sql
 * @param {QueryOptions} [options]
 * @returns {Query}
 */
export function queryOf(sql: string, options?: QueryOptions): Query;
/** @param {string} name */
export function selectFrom(name: string): string;
/** @template {object} [R=AnyRow] */
export class LiveQuery<R extends object = AnyRow> {
    /**
     * @param {Client} client
     * @param {Query} query
     */
    constructor(client: Client, query: Query);
    /**
     * Keeps the query live as long as somebody is subscribed, and 30 s longer.
     * @param {() => void} listener called when `getSnapshot()` gives something new
     * @returns {() => void} what ends it
     */
    subscribe(listener: () => void): () => void;
    /**
     * What there is to show; the same object until something changes.
     * @returns {LiveState<R>}
     */
    getSnapshot(): LiveState<R>;
    get sql(): string;
    /**
     * Hears of each commit that changes the rows, after all queries have changed.
     * @param {(transaction: Transaction) => void} listener
     * @returns {() => void} what ends it
     */
    onTransaction(listener: (transaction: Transaction) => void): () => void;
    /**
     * Waits until there is something to show.
     * @returns {Promise<LiveState<R>>} rejected with a `KalamError` if that will not be
     */
    ready(): Promise<LiveState<R>>;
    /** Reads the rows anew, or tries again what has failed. */
    refresh(): void;
    /**
     * Up to where the rows are complete.
     * @returns {Cursor | null}
     */
    get cursor(): Cursor | null;
    #private;
}
import type { QueryOptions } from "./types.js";
import type { Query } from "./types.js";
import type { AnyRow } from "./types.js";
import type { LiveState } from "./types.js";
import type { Transaction } from "./types.js";
import type { Cursor } from "./types.js";
import type { Client } from "./client.js";
